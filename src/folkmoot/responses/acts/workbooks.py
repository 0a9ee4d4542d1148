"""Surveys made from XLSForm workbooks: a new draft page, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.responses import access
from folkmoot.responses.models import Survey

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

TO_BE_WRITTEN = "<p>Write here what happens with the answers, before the survey is published.</p>"


class WorkbookNotMadeError(ValueError):
    """A workbook cannot become a survey; the sentences say why. Nothing was made."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(sentences))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a survey is to be: its title, steps as a page keeps them, consent, and minutes."""

    title: str
    steps: Sequence[Mapping[str, Any]]
    consent: str = ""
    minutes: int | None = None


def make_survey(consultation: Consultation, wanted: Wanted, at: datetime, by: User) -> Survey:
    """Add a survey below a consultation as a draft, and return it.

    Where the workbook says nothing of consent, that of another survey of the consultation stands
    in, or a reminder to write it. Raises WorkbookNotMadeError, and makes nothing, where the
    editor would refuse the page.
    """
    if not access.may_make_survey(by, consultation):
        raise WorkbookNotMadeError(["You may not add a page below this consultation."])
    other = Survey.objects.child_of(consultation).exclude(consent="").first()
    survey = Survey(
        title=wanted.title[:255],
        consent=wanted.consent or (other.consent if other else TO_BE_WRITTEN),
        live=False,
        owner=by,
        **({"minutes": wanted.minutes} if wanted.minutes else {}),
    )
    survey.steps = Survey._meta.get_field("steps").to_python(list(wanted.steps))
    try:
        survey.steps.stream_block.clean(survey.steps)
        with transaction.atomic():
            consultation.add_child(instance=survey)
            survey.save_revision(user=by, log_action=True)
            record("survey made from an XLSForm", survey, at, by=by)
    except ValidationError as error:
        raise WorkbookNotMadeError(list(dict.fromkeys(_sentences(error)))) from error
    return survey


def _sentences(error: Any) -> Iterator[str]:
    """Yield what a block or a page says is wrong, however deep within."""
    for nested in ("block_errors", "non_block_errors"):
        found = getattr(error, nested, None)
        for each in found.values() if isinstance(found, dict) else found or ():
            if each is not None:
                yield from _sentences(each)
    if isinstance(error, str):
        yield error
    elif isinstance(error, ValidationError) and not hasattr(error, "block_errors"):
        yield from (str(message) for message in error.messages)
    elif isinstance(error, list | tuple):
        for each in error:
            yield from _sentences(each)
