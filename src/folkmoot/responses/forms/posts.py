"""Posts, and what checking them gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from folkmoot.responses.questions import Question, TextQuestion


class Posted(Protocol):
    """The fields of a post: Django's QueryDict, or anything with its `getlist`."""

    def getlist(self, key: str) -> list[str]: ...

    def keys(self) -> Iterable[str]: ...


@dataclass(slots=True)
class Checked:
    """A step as it was posted: `answers` by question, and an error by the question it is at.

    `answers` hold what was typed whether right or wrong, so that a page can show it again;
    `unknown` what came in fields that the page does not have. An error under the key "" is of the
    whole step. `marked` is the key of the question whose map was pressed, and sent the form.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    marked: str = ""

    @property
    def is_right(self) -> bool:
        """Whether there is no error."""
        return not self.errors


class Given:
    """Answers from elsewhere, to some fields, read like a post."""

    def __init__(self, answers: Mapping[str, Sequence[str] | str], names: Iterable[str]) -> None:
        self._answers = {name: answers[name] for name in names if name in answers}

    def getlist(self, key: str) -> list[str]:
        value = self._answers.get(key, ())
        return [value] if isinstance(value, str) else list(value)

    def keys(self) -> Iterable[str]:
        return self._answers.keys()


def written(answers: Mapping[str, Sequence[str]], question: Question) -> list[str]:
    """Return what was typed or chosen in all fields of a question; none where it was left empty."""
    values = [value for name in question.names for value in answers.get(name, ()) if value.strip()]
    return values[:1] if isinstance(question, TextQuestion) else values


# A browser sends two characters for each line break; text pasted from Word has others for a break
# within a paragraph and for one of the page.
_OTHER_BREAKS = ("\r", "\v", "\f")
_BREAKS = re.compile("\r\n|[\r\v\f]")


def lines(text: str) -> str:
    """Return text with line breaks as they are kept."""
    return _BREAKS.sub("\n", text) if any(each in text for each in _OTHER_BREAKS) else text
