"""Posts, and what checking them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from folkmoot.responses.questions import ChoiceQuestion, Question


class Posted(Protocol):
    """The fields of a post: Django's QueryDict, or anything with its `getlist`."""

    def getlist(self, key: str) -> list[str]: ...

    def keys(self) -> Iterable[str]: ...


@dataclass(slots=True)
class Checked:
    """A step as it was posted: `answers` by question, and an error by the question it is at.

    `answers` hold what was typed whether right or wrong, so that a page can show it again;
    `unknown` what came in fields that the page does not have. An error under the key "" is of the
    whole step.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)

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
    """Return the values of an answer that say something; none where it was left empty."""
    values = [value for value in answers.get(question.key, ()) if value.strip()]
    return values if isinstance(question, ChoiceQuestion) else values[:1]


def lines(text: str) -> str:
    """Return text with line breaks as they are kept; a browser sends two characters for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
