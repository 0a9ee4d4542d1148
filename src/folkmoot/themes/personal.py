"""What coders wrote beside the answers of one person: notes, and which words are worth quoting.

A quotation is a place in an answer, so its words go with the answer's; the place goes as well.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from folkmoot.publishing.personal import Held, Holder, Subject, register_holder
from folkmoot.responses.acts.wording import register_beside
from folkmoot.responses.personal import responses_of
from folkmoot.themes.models import Coding
from folkmoot.themes.quoting import words_at

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Before "Responses" by the alphabet: what is found by a response goes before nothing leads to it.
NAME = "Coding of answers"


def register() -> None:
    """Say what this room holds of a person, and beside the words of responses."""
    register_holder(Holder(NAME, find, erase))
    register_beside(NAME, _erase_beside)


def find(subject: Subject) -> list[Held]:
    """Return the notes and quotations that stand beside their answers."""
    found = []
    of_theirs = _beside(responses_of(subject).order_by().values("pk"))
    for coding in of_theirs.select_related("assignment__answer", "assignment__frame"):
        span = None
        if coding.quote_start is not None and coding.quote_end is not None:
            span = coding.quote_start, coding.quote_end
        fields = [
            ("Note of a coder", coding.note),
            ("Quotation", words_at(coding.assignment.answer.text, span)),
        ]
        title = f"Coding of an answer to “{coding.assignment.frame.question}”"
        found.append(Held(title, tuple((term, said) for term, said in fields if said)))
    return found


def erase(subject: Subject, at: datetime) -> dict[str, int]:
    """Erase them, inside the caller's transaction. Which themes were found stays, as statistics."""
    responses = responses_of(subject).order_by().values("pk")
    return {"notes and quotations of coders": _erase_beside(responses)}


def _erase_beside(responses: Any) -> int:
    return _beside(responses).update(note="", quote_start=None, quote_end=None)


def _beside(responses: Any) -> QuerySet[Coding]:
    """Return codings with a note or a quotation, of responses with some keys."""
    return Coding.objects.filter(
        ~Q(note="") | Q(quote_start__isnull=False), assignment__answer__response__in=responses
    )
