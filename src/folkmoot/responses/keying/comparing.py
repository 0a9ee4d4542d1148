"""Two people's typing of one form, compared field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from folkmoot.responses.keying.lines import Line, Way, lines_of
from folkmoot.responses.keying.typed import KeyedWrongError, codes_typed, day_typed
from folkmoot.responses.questions import SurveyForm


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of which two people typed different things; both as they were typed."""

    line: Line
    first: str
    second: str


def compared_lines(
    form: SurveyForm, first: Mapping[str, str], second: Mapping[str, str]
) -> list[Line]:
    """Return the lines that at least one of two people typed something in."""
    return [line for line in lines_of(form) if first.get(line.name) or second.get(line.name)]


def differences(
    form: SurveyForm, first: Mapping[str, str], second: Mapping[str, str]
) -> list[Difference]:
    """Return where two keyings say different things; "1,3" and "3 1" are the same."""
    return [
        Difference(line, first.get(line.name, ""), second.get(line.name, ""))
        for line in compared_lines(form, first, second)
        if _meant(line, first.get(line.name, "")) != _meant(line, second.get(line.name, ""))
    ]


def agreement(compared: int, differing: int) -> float | None:
    """Return the share of fields, 0 to 1, of which two people typed the same; None for none."""
    return (compared - differing) / compared if compared else None


def _meant(line: Line, value: str) -> Sequence[str]:
    """Return what was meant, so that ways of typing the same are the same."""
    text = " ".join(value.split())
    try:
        if text and line.way in {Way.ONE, Way.SEVERAL}:
            return sorted(codes_typed(line, text))
        if text and line.way is Way.DATE:
            return [part.lstrip("0").lower() for part in day_typed(text)]
    except KeyedWrongError:
        pass
    if line.way is Way.POSTCODE:
        return [text.replace(" ", "").upper()]
    return [text]
