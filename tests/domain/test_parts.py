from dataclasses import fields

from ovn_desk.domain import parts
from ovn_desk.domain.article import Content


def test_every_field_of_a_content_is_a_text_a_list_or_a_value():
    names = {part.name for part in fields(Content)}
    assert {*parts.TEXTS, *parts.LISTS, *parts.VALUES} == names
    assert {name for name in names if isinstance(getattr(Content(), name), tuple)} == set(parts.LISTS)


def test_the_second_of_two_with_one_key_is_told_apart():
    assert list(parts.items_by_key("tags", ["rail", "trade", "rail"])) == [("rail",), ("trade",), ("rail", "2")]
