"""Addresses and names in the net are hidden, signs for "at" are not."""

from __future__ import annotations

import pytest

from folkmoot.texts import redact

HANDLES = (
    ("Message me, @jo_bloggs92, any time", "Message me, [social media name removed], any time"),
    ("insta: jo.bloggs", "insta: [social media name removed]"),
    ("my tiktok name is dancingjo", "my tiktok name is [social media name removed]"),
    ("I am u/angry_resident there", "I am [social media name removed] there"),
)
LEFT = (
    "Stay @home and be on Facebook or Twitter all day",
    "Facebook is full of lies, and Instagram was worse.",
    "Meet @ 7 at the station, e.g. outside",
)


@pytest.mark.parametrize(("text", "hidden"), HANDLES)
def test_names_on_social_media_are_hidden(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize("text", LEFT)
def test_networks_and_places_are_left_alone(text: str) -> None:
    assert redact(text) == text


def test_addresses_spelled_out_are_hidden() -> None:
    assert redact("jo.bloggs at gmail dot com") == "[e-mail address removed]"
    assert redact("Read youtu.be/dQw4w9Wg.") == "Read [link removed]."
