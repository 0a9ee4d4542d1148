"""Contrast of two colours."""

from __future__ import annotations


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21, of two colours written as #rrggbb.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightened(colour: str, ground: str, least: float) -> str:
    """Return a colour mixed with just enough white to reach a contrast with a dark ground.

    In steps of a twentieth; white where nothing paler than it would do.
    """
    for twentieths in range(21):
        share = twentieths / 20
        mixed = [
            round(channel + (255 - channel) * share)
            for channel in (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        ]
        found = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(found, ground) >= least:
            return found
    return "#ffffff"
