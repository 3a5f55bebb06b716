import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.image import WIDTHS, Image, ImageWidth

NUMBERS = st.integers(-50, 4000)
IMAGES = st.builds(
    Image,
    width=NUMBERS,
    height=NUMBERS,
    crop=st.lists(NUMBERS, max_size=5).map(tuple),
    shown=st.sampled_from(ImageWidth),
)


@given(IMAGES)
def test_what_is_shown_lies_in_the_picture_whatever_the_crop_says(image):
    left, top, width, height = image.box
    assert left >= 0
    assert top >= 0
    assert left + width <= max(0, image.width)
    assert top + height <= max(0, image.height)


@given(IMAGES)
def test_no_copy_is_wider_than_what_is_shown(image):
    assert all(0 < width <= min(image.box[2], WIDTHS[image.shown][-1]) for width in image.widths)
    assert list(image.widths) == sorted(set(image.widths))
    assert all(image.height_at(width) >= 1 for width in image.widths)


@pytest.mark.parametrize(
    ("crop", "box"),
    [
        ((), (0, 0, 400, 300)),
        ((10, 20, 100, 50), (10, 20, 100, 50)),
        ((-10, 20, 100, 500), (0, 20, 90, 280)),
        ((500, 0, 10, 10), (0, 0, 400, 300)),
        ((0, 0, 0, 0), (0, 0, 400, 300)),
    ],
)
def test_a_crop_is_kept_to_the_picture(crop, box):
    assert Image(width=400, height=300, crop=crop).box == box
