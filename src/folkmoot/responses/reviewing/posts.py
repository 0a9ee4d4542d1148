"""A reviewer's form as it was posted: verdicts by answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from folkmoot.responses import publishable
from folkmoot.responses.acts.reviewing import Verdict
from folkmoot.responses.models import Decision
from folkmoot.responses.publishable import REASONS, Span

if TYPE_CHECKING:
    from django.http import QueryDict

    from folkmoot.responses.models import Answer

MOST_SPANS = 500


def verdicts(posted: QueryDict, answers: Iterable[Answer]) -> dict[int, Verdict]:
    """Return the verdict on each answer on which one was posted.

    What is taken out was marked in the text (places, as JSON), ticked among suggestions, or typed
    as a phrase, which is then taken out wherever it stands.
    """
    found = {}
    for answer in answers:
        decision = posted.get(f"decision-{answer.pk}", "")
        if decision:
            found[answer.pk] = Verdict(
                decision,
                tuple(_spans(posted, answer)) if decision == Decision.REDACTED else (),
                posted.get(f"reason-{answer.pk}", ""),
            )
    return found


def _spans(posted: QueryDict, answer: Answer) -> Iterator[Span]:
    typed = publishable.typed_in(answer)
    why = posted.get(f"why-{answer.pk}", "")
    reason = why if why in REASONS else REASONS[0]
    ticked = set(posted.getlist(f"take-{answer.pk}"))
    for span in publishable.suggested(answer):
        if mark(span) in ticked:
            yield span
    yield from _marked(posted.get(f"spans-{answer.pk}", ""), typed)
    for line in posted.get(f"phrases-{answer.pk}", "").splitlines():
        if phrase := " ".join(line.split()):
            yield from _phrase(phrase, typed, reason)


def mark(span: Span) -> str:
    """Return what a ticked suggestion is posted as."""
    return f"{span.field}:{span.start}:{span.end}"


def _marked(text: str, typed: Mapping[str, str]) -> Iterator[Span]:
    """Yield the spans that the page's script wrote; whatever else was posted is passed over."""
    try:
        listed: Any = json.loads(text) if text else []
    except ValueError:
        return
    for each in listed[:MOST_SPANS] if isinstance(listed, list) else ():
        match each:
            case [str(field), int(start), int(end), str(reason)] if field in typed:
                yield Span(field, start, end, reason if reason in REASONS else REASONS[0])


def _phrase(phrase: str, typed: Mapping[str, str], reason: str) -> Iterator[Span]:
    sought = phrase.casefold()
    for field, text in typed.items():
        folded = text.casefold()
        # Where folding changes the length ("ß"), places would not be those of the text.
        if len(folded) != len(text):
            folded, sought = text, phrase
        at = folded.find(sought)
        while at >= 0:
            yield Span(field, at, at + len(sought), reason)
            at = folded.find(sought, at + len(sought))
