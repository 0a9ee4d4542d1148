"""Named questions to the register of responses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from folkmoot.consultations.taking_part import took_part
from folkmoot.responses.importing.mapping import ColumnMapping, nearest_mapping
from folkmoot.responses.models import (
    Answer,
    AnswerReview,
    ImportMapping,
    Publication,
    PublicResponse,
    Publishing,
    Response,
    Standing,
)
from folkmoot.responses.questions import SurveyForm, form_of_version, survey_form

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.importing import Dialect, Heading
    from folkmoot.responses.models import Survey


def submitted(consultation: Consultation, at: datetime) -> QuerySet[Response]:
    """Return the responses to a consultation, by whatever channel, that had come by an instant."""
    return Response.objects.standing().filter(consultation=consultation, submitted_at__lte=at)


def counts(consultation: Consultation, at: datetime) -> dict[str, int]:
    """Return `people`, `responses` (to surveys), `all` of whatever channel, and `generated`.

    Two queries. People are counted once however many activities they took part in; those who
    came to a workshop count too, whether or not they sent anything. Whoever withdrew all they
    sent, and did nothing else, counts no longer.
    """
    respondents = consultation.respondents.filter(took_part_at__lte=at)
    people = respondents.exclude(pk__in=_gone(consultation)).count()
    return {"people": people} | submitted(consultation, at).aggregate(
        responses=Count("id", filter=Q(survey__isnull=False)),
        all=Count("id"),
        generated=Count("id", filter=Q(is_generated=True)),
    )


def _gone(consultation: Consultation) -> QuerySet[Response, Any]:
    """Return the keys of respondents none of whose responses counts, and who did nothing else.

    Found from the few responses that do not count, so that it costs little among 100,000.
    """
    standing = Response.objects.standing().filter(respondent=OuterRef("respondent"))
    return (
        Response.objects.filter(consultation=consultation, respondent__isnull=False)
        .filter(standing__in=[each for each in Standing if each is not Standing.STANDS])
        .filter(~Exists(standing))
        .exclude(took_part("respondent"))
        .values("respondent")
    )


def people_count(consultation: Consultation, at: datetime) -> int:
    """Return how many people and organisations had taken part by an instant."""
    return counts(consultation, at)["people"]


def response_count(survey: Survey, at: datetime) -> int:
    """Return how many responses to one survey had come by an instant."""
    return responses_to(survey, at).count()


def responses_to(survey: Survey, at: datetime) -> QuerySet[Response]:
    """Return the responses to one survey that had come by an instant, oldest first."""
    return (
        Response.objects.standing()
        .filter(survey=survey, submitted_at__lte=at)
        .order_by("submitted_at", "id")
    )


def register(at: datetime) -> QuerySet[Response]:
    """Return every response that had come by an instant, newest first, with what lists show."""
    return (
        Response.objects.filter(submitted_at__lte=at)
        .select_related("consultation", "survey", "respondent")
        .order_by("-submitted_at", "-id")
    )


def form_as_seen(response: Response) -> SurveyForm:
    """Return the questions as the respondent saw them; those of today where no version is kept."""
    if response.version is not None:
        return form_of_version(response.version)
    return survey_form(response.survey) if response.survey else SurveyForm(())


def reviewable(survey: Survey, keys: Iterable[str]) -> QuerySet[Response]:
    """Return the responses to a survey that may be published and answer one of some questions."""
    return (
        Response.objects.standing()
        .filter(
            Exists(Answer.objects.filter(response=OuterRef("pk"), question__in=list(keys))),
            survey=survey,
            erased_at__isnull=True,
        )
        .exclude(publication=Publication.NOT)
        .order_by("submitted_at", "id")
    )


def unreviewed(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Return those of which no answer was reviewed yet."""
    reviews = AnswerReview.objects.filter(answer__response=OuterRef("pk"))
    return responses.filter(~Exists(reviews))


def public_responses(survey: Survey) -> QuerySet[PublicResponse]:
    """Return what is published of the responses to a survey, by number.

    What was withdrawn, replaced, merged or erased since, or whose sender agrees no longer, is
    gone at once, whatever a reviewer decided.
    """
    return (
        PublicResponse.objects.filter(
            survey=survey,
            is_shown=True,
            response__standing=Standing.STANDS,
            response__erased_at__isnull=True,
        )
        .exclude(response__publication=Publication.NOT)
        .order_by("number")
    )


def responses_are_public(survey: Survey, at: datetime) -> bool:
    """Whether the public may read reviewed responses: from closing on, or as the officer set."""
    publishing = Publishing.objects.filter(survey=survey).first()
    return publishing is not None and at >= public_from(publishing, survey)


def public_from(publishing: Publishing, survey: Survey) -> datetime:
    """Return the instant from which reviewed responses are public."""
    return publishing.from_at or survey.consultation.closes_at


def remembered_mapping(
    survey: Survey, dialect: Dialect, headings: Iterable[Heading]
) -> ColumnMapping | None:
    """Return how the last file with these columns was matched, or with most of them."""
    kept = ImportMapping.objects.filter(survey=survey, dialect=dialect.key).order_by("-changed_at")
    return nearest_mapping(
        (heading.key for heading in headings), (ColumnMapping.read(each.mapping) for each in kept)
    )
