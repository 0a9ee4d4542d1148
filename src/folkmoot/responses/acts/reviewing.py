"""What reviewers decide on answers, and whether a survey's responses are public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from folkmoot.accounts.audit import record
from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.publishing.purging import purge
from folkmoot.responses import access, publishable
from folkmoot.responses.models import (
    Answer,
    AnswerReview,
    Decision,
    Publication,
    PublicResponse,
    Publishing,
    Response,
    Standing,
    Survey,
)
from folkmoot.responses.publishable import Span
from folkmoot.responses.querysets import form_as_seen

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

LONGEST_REASON = 300
LEAST_SMALLEST = 2


class ReviewError(Exception):
    """A review is refused; its message says what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision on one answer, with what is taken out of it, or why it is not published."""

    decision: str
    spans: Sequence[Span] = field(default=())
    reason: str = ""


def review(
    response: Response, verdicts: Mapping[int, Verdict], by: User, at: datetime
) -> PublicResponse | None:
    """Keep the verdicts on the answers of a response, by the key of the answer.

    Returns the response as the public gets it; None where nothing of it is published. Raises
    ReviewError for a response whose sender did not agree, that does not count or was erased, and
    for a verdict that is not complete.
    """
    if not access.may_review_responses(by):
        raise PermissionDenied
    with transaction.atomic():
        kept = (
            Response.objects.select_for_update(of=("self",))
            .select_related("survey", "version__survey")
            .get(pk=response.pk)
        )
        _check_response(kept)
        asked = publishable.publishable(form_as_seen(kept))
        answers = {each.pk: each for each in kept.answers.select_related("review")}
        told: dict[str, str] = {}
        for key, verdict in verdicts.items():
            answer = answers.get(key)
            if answer is None or answer.question not in asked:
                raise ReviewError("One of the answers is not one that may be published.")
            number, part = asked[answer.question]
            _decide(answer, verdict, number, by, at)
            told[part.key] = verdict.decision
        public = _publish(kept, at)
        record("answers reviewed", kept, at, by=by, after=told)
        purge()
    return public


def set_publishing(
    survey: Survey,
    by: User,
    at: datetime,
    *,
    is_on: bool,
    from_at: datetime | None = None,
    smallest: int = SMALLEST_SHOWN,
) -> Publishing | None:
    """Let the reviewed responses to a survey be public from closing (or `from_at`) on, or not."""
    if not access.may_publish_responses(by):
        raise PermissionDenied
    if smallest < LEAST_SMALLEST:
        raise ReviewError(f"The least number a filter may leave is {LEAST_SMALLEST} or more.")
    with transaction.atomic():
        kept = Publishing.objects.filter(survey=survey).first()
        before = _settings(kept)
        if not is_on:
            Publishing.objects.filter(survey=survey).delete()
            kept = None
        else:
            kept, _ = Publishing.objects.update_or_create(
                survey=survey,
                defaults={
                    "from_at": from_at,
                    "smallest": smallest,
                    "changed_at": at,
                    "changed_by": by,
                },
            )
        record(
            "publishing of responses set", survey, at, by=by, before=before, after=_settings(kept)
        )
        purge()
    return kept


def _settings(kept: Publishing | None) -> dict[str, object]:
    if kept is None:
        return {"is_on": False}
    from_at = kept.from_at.isoformat() if kept.from_at else "closing"
    return {"is_on": True, "from": from_at, "smallest": kept.smallest}


def _check_response(response: Response) -> None:
    reference = response.reference
    if response.publication == Publication.NOT:
        raise ReviewError(f"Whoever sent {reference} did not agree that it is published.")
    if response.standing != Standing.STANDS:
        raise ReviewError(f"{reference} does not count any more: nothing of it is published.")
    if response.erased_at is not None:
        raise ReviewError(f"{reference} was erased: there is nothing to publish.")
    if response.survey is None:
        raise ReviewError(f"{reference} answers no survey: only answers to surveys are published.")


def _decide(answer: Answer, verdict: Verdict, number: int, by: User, at: datetime) -> None:
    reason = " ".join(verdict.reason.split())
    spans = publishable.merged(verdict.spans, publishable.typed_in(answer))
    if verdict.decision not in Decision.values:
        raise ReviewError(f"Question {number}: choose what becomes of the answer.")
    if verdict.decision == Decision.REDACTED and not spans:
        raise ReviewError(
            f"Question {number}: mark what is taken out, or publish the answer as it is."
        )
    if verdict.decision == Decision.REFUSED and not reason:
        raise ReviewError(f"Question {number}: say why the answer is not published.")
    if len(reason) > LONGEST_REASON:
        raise ReviewError(f"Question {number}: shorten the reason to {LONGEST_REASON} characters.")
    AnswerReview.objects.update_or_create(
        answer=answer,
        defaults={
            "decision": verdict.decision,
            "spans": [each.kept() for each in spans]
            if verdict.decision == Decision.REDACTED
            else [],
            "reason": reason if verdict.decision == Decision.REFUSED else "",
            "reviewed_at": at,
            "reviewed_by": by,
        },
    )


def _publish(response: Response, at: datetime) -> PublicResponse | None:
    """Keep what the public reads of a response in step with its reviews."""
    words = public_words(response)
    public = PublicResponse.objects.filter(response=response).first()
    if public is None:
        if not words:
            return None
        survey = Survey.objects.select_for_update(of=("self",)).get(pk=response.survey_id)
        last = PublicResponse.objects.filter(survey=survey).aggregate(last=Max("number"))["last"]
        return PublicResponse.objects.create(
            response=response, survey=survey, number=(last or 0) + 1, words=words, published_at=at
        )
    public.words, public.is_shown = words, bool(words)
    public.save(update_fields=["words", "is_shown"])
    return public if public.is_shown else None


def public_words(response: Response) -> str:
    """Return all that is published of a response as plain text; empty for nothing."""
    asked = publishable.publishable(form_as_seen(response))
    reviewed = AnswerReview.objects.filter(answer__response=response).select_related("answer")
    told = {
        each.answer.question: publishable.words(
            publishable.lines(
                asked[each.answer.question][1], each.answer, publishable.spans_of(each.spans)
            )
        )
        for each in reviewed
        if publishable.is_published(each.decision) and each.answer.question in asked
    }
    return "\n".join(told[key] for key in asked if told.get(key))
