"""Pages and questions as routing sees them, and the way of a respondent through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.routing.conditions import ALWAYS, Condition, Replies, Reply, holds


@dataclass(frozen=True, slots=True)
class RoutedQuestion:
    """A question as routing sees it.

    `options` are its codes; empty for a number or a text, unless it may be declined, and then
    `is_open` says that a text is a reply too. `exclusive` are codes that go with no other. `least`
    and `most` are how many codes a reply may have, `most` None for any number; `in_order` is a
    ranking. A number is from `lowest` to `highest`.
    """

    key: str
    title: str
    options: tuple[str, ...] = ()
    most: int | None = 1
    exclusive: frozenset[str] = frozenset()
    is_number: bool = False
    is_open: bool = False
    in_order: bool = False
    least: int = 0
    lowest: float | None = None
    highest: float | None = None
    required: bool = False
    shown_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class RoutedPage:
    """A page of questions, shown where its condition holds; a page of evidence has none."""

    title: str
    questions: tuple[RoutedQuestion, ...]
    shown_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Way:
    """What one respondent comes to: places of pages, from 0, and keys of questions, in order."""

    pages: tuple[int, ...]
    questions: tuple[str, ...]


def way(pages: Sequence[RoutedPage], replies: Replies) -> Way:
    """Return the pages and questions that somebody with these replies comes to.

    A page none of whose questions is asked is left out, unless it never had one.
    """
    counting: dict[str, Reply] = {}
    shown_pages, shown_questions = [], []
    for place, page in enumerate(pages):
        if not holds(page.shown_if, counting):
            continue
        asked = []
        for question in page.questions:
            if holds(question.shown_if, counting):
                asked.append(question.key)
                counting[question.key] = tuple(replies.get(question.key, ()))
        if asked or not page.questions:
            shown_pages.append(place)
            shown_questions += asked
    return Way(tuple(shown_pages), tuple(shown_questions))
