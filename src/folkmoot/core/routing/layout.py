"""A form laid out flat: what has a condition, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from folkmoot.core.routing.conditions import Condition, Every
from folkmoot.core.routing.ways import RoutedPage, RoutedQuestion


@dataclass(frozen=True, slots=True)
class Element:
    """A page or a question that has a condition, and where it stands."""

    name: str  # "The page “About you”" or "The question “Which station?”"
    condition: Condition
    place: int  # of the first question that comes after it or is it
    page: int  # from 0
    key: str = ""  # of the question; empty for a page


@dataclass(slots=True)
class Form:
    """The form laid out flat."""

    pages: Sequence[RoutedPage]
    questions: list[RoutedQuestion] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)  # page and question, of each question
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        for at, page in enumerate(self.pages):
            name = f"The page “{page.title}”"
            self.elements.append(Element(name, page.shown_if, len(self.questions), at))
            for question in page.questions:
                both = Every((page.shown_if, question.shown_if))
                name = f"The question “{question.title}”"
                place = len(self.questions)
                self.elements.append(Element(name, question.shown_if, place, at, question.key))
                self.questions.append(question)
                self.conditions.append(both)

    @property
    def places(self) -> dict[str, int]:
        return {question.key: place for place, question in enumerate(self.questions)}

    @property
    def titles(self) -> dict[str, str]:
        return {question.key: question.title for question in self.questions}
