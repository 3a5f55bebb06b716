"""Every part of an article that may be empty, empty: each format is written all the same."""

from dataclasses import replace

from issues import POST, TRAIN, issue
from ovn_desk.formats import page


def test_a_decorative_lead_picture_has_a_page():
    image = replace(TRAIN, is_decorative=True, alt="", caption="", credit="")
    document = page.write(issue(body="They meet.\n\n![](image:train)", images=(image,)), POST)
    assert 'property="og:image" content="https://post.example/assets/images/train-' in document
    assert "og:image:alt" not in document
