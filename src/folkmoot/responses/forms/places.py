"""A press on the picture of a map, to a point in degrees."""

from __future__ import annotations

import re

from folkmoot.responses.questions import PlaceQuestion, field_name
from folkmoot.responses.questions.values import point_written

# Six decimals of a degree are about a tenth of a metre.
DECIMALS = 6
_PIXELS = re.compile(r"\d{1,5}")
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")


def pressed_point(question: PlaceQuestion, sent: dict[str, str]) -> str:
    """Return "latitude,longitude" of where a picture was pressed; empty where it was not.

    `sent` has the signals of the question. A picture that is pressed by key and not by pointer
    sends its corner, 0 and 0, which is no place. Degrees are taken as even over the picture, as
    they nearly are over a city; the mark that is shown is made from them in the same way.
    """
    across, down = (sent.get(field_name(question.key, f"point.{part}"), "") for part in "xy")
    size = _SIZE.fullmatch(sent.get(field_name(question.key, "size"), ""))
    if size is None or not _PIXELS.fullmatch(across) or not _PIXELS.fullmatch(down):
        return ""
    width, height = int(size[1]), int(size[2])
    if (int(across), int(down)) == (0, 0) or not (width and height):
        return ""
    from_left, from_top = min(int(across) / width, 1.0), min(int(down) / height, 1.0)
    latitude = question.north - from_top * (question.north - question.south)
    longitude = question.west + from_left * (question.east - question.west)
    return point_written((round(latitude, DECIMALS), round(longitude, DECIMALS)))
