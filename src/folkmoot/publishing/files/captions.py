"""Reads WebVTT captions as far as a player needs: that each cue has times and words.

Source: WebVTT, W3C Candidate Recommendation, section 4 (syntax).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


class CaptionsError(ValueError):
    """A captions file cannot be shown; the sentence says in which line, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words shown from one moment of a recording to another, both in seconds."""

    begins: float
    ends: float
    text: str


def read_cues(text: str) -> list[Cue]:
    """Return the cues of a captions file in its order.

    Raises CaptionsError for a file that does not begin with WEBVTT, a cue without readable
    times or without words, one that ends before it begins, and a file without cues.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise CaptionsError("The first line must be WEBVTT: export the captions as WebVTT.")
    cues = [_cue(first, block) for first, block in _blocks(lines)]
    found = [cue for cue in cues if cue is not None]
    if not found:
        raise CaptionsError("The file has no captions: export it again with its cues.")
    return found


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return runs of lines that stand together, each with the number of its first, after line 1."""
    blocks: list[tuple[int, list[str]]] = []
    is_inside = False
    header_is_over = False
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            is_inside, header_is_over = False, True
        elif is_inside:
            blocks[-1][1].append(line)
        elif header_is_over:
            blocks.append((number, [line]))
            is_inside = True
    return blocks


def _cue(number: int, block: list[str]) -> Cue | None:
    if block[0].split()[0] in _NOT_CUES and "-->" not in block[0]:
        return None
    place = 0 if "-->" in block[0] else 1
    if place >= len(block) or "-->" not in block[place]:
        raise CaptionsError(
            f"Line {number} belongs to no caption: put its times, like "
            "00:01.000 --> 00:04.000, in a line before its words."
        )
    times = _TIMES.fullmatch(block[place].strip())
    if times is None:
        raise CaptionsError(
            f"Line {number + place} has no readable times: write them like 00:01.000 --> 00:04.000."
        )
    begins, ends = _seconds(*times.groups()[:4]), _seconds(*times.groups()[4:8])
    if ends <= begins:
        raise CaptionsError(
            f"The caption in line {number + place} ends before it begins: swap its two times."
        )
    words = " ".join(line.strip() for line in block[place + 1 :])
    if not words:
        raise CaptionsError(
            f"The caption in line {number + place} has no words: write them in the line after it."
        )
    return Cue(begins, ends, words)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
