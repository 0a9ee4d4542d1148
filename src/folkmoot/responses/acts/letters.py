"""Letters and e-mails on their way into the register: kept whole, and split into answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_references, version_of
from folkmoot.responses.forms import LONGEST_NAME, text_error
from folkmoot.responses.importing import ReceivedCheck
from folkmoot.responses.models import (
    Answer,
    Channel,
    LetterDraft,
    Publication,
    Response,
    SentFile,
    Survey,
)
from folkmoot.responses.questions import survey_form
from folkmoot.responses.strays import PUT_ASIDE

if TYPE_CHECKING:
    from django.core.files import File

    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

WRITTEN = "letter"
# A body's submission can be a whole report; only what no letter holds is refused.
LONGEST_LETTER = 2_000_000
WRITTEN_CHANNELS = (Channel.EMAIL, Channel.LETTER)


class ResponsesRefusedError(ValueError):
    """A response, or a set of them, was refused; the sentence says which one and why."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter or e-mail as it was entered: who sent it, when it was received, what it says.

    `survey` is the one by whose questions it is split; None where it is kept whole only.
    """

    consultation: Consultation
    survey: Survey | None
    channel: str
    received_at: datetime
    text: str
    kind: str = Respondent.Kind.INDIVIDUAL
    organisation: str = ""
    publication: str = Publication.NOT


def record_written_response(
    consultation: Consultation,
    channel: str,
    text: str,
    at: datetime,
    *,
    by: User | None = None,
    organisation: str = "",
) -> Response:
    """Record a letter or e-mail that answers no survey, whole, and return it.

    A statutory response is never late: one that came after closing is recorded as well, with its
    time. Raises ResponsesRefusedError for an unknown channel and for a text that is empty or
    cannot be kept.
    """
    kind = Respondent.Kind.ORGANISATION if organisation else Respondent.Kind.INDIVIDUAL
    letter = Written(consultation, None, channel, at, text, kind, organisation)
    with transaction.atomic():
        return _record(letter, {}, at, by)


def keep_letter_draft(
    letter: Written,
    at: datetime,
    by: User,
    *,
    draft: LetterDraft | None = None,
    file: File | None = None,
    extension: str = "",
) -> LetterDraft:
    """Keep a letter while it is being entered, with the file that it came in; return it.

    An empty text is kept too: it may still have to be typed off a scan.
    """
    with transaction.atomic():
        kept = draft or LetterDraft(made_at=at, made_by=by)
        kept.consultation, kept.survey = letter.consultation, letter.survey
        kept.channel, kept.received_at, kept.text = letter.channel, letter.received_at, letter.text
        kept.kind, kept.organisation = letter.kind, letter.organisation
        kept.publication = letter.publication
        if file is not None:
            content = file.read()
            file.seek(0)
            kept.name = PurePath(file.name or "letter").name[-200:]
            kept.extension, kept.bytes = extension, len(content)
            kept.sha256 = hashlib.sha256(content).hexdigest()
            # What its sender called it may say who they are: it is no part of an address.
            kept.file.save(f"{kept.sha256[:16]}.{extension}", file, save=False)
        kept.save()
        record(
            "letter kept to be entered",
            kept,
            at,
            by=by,
            after={"channel": kept.channel, "file": bool(kept.file)},
        )
    return kept


def keep_passages(draft: LetterDraft, answers: Mapping[str, Sequence[str]]) -> None:
    """Keep what was marked so far as answers, right or wrong, until the letter is recorded."""
    draft.answers = {name: list(values) for name, values in answers.items()}
    draft.save(update_fields=["answers"])


def passage_faults(survey: Survey, answers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what is wrong with passages marked as answers: by name of field, in sentences."""
    check = ReceivedCheck(survey_form(survey))
    return check({name: values for name, values in answers.items() if name in check.names})


def record_letter(
    draft: LetterDraft, answers: Mapping[str, Sequence[str]], at: datetime, by: User
) -> Response:
    """Record a letter that was being entered as one response, and return it.

    Its whole text is kept under the question "letter", its file beside it, and each passage that
    was marked as the answer to a question. One that was received after closing is recorded as
    well: its time says so. Raises ResponsesRefusedError, and records nothing, for what cannot be
    kept.
    """
    letter = Written(
        draft.consultation,
        draft.survey,
        draft.channel,
        draft.received_at,
        draft.text,
        draft.kind,
        draft.organisation,
        draft.publication,
    )
    with transaction.atomic():
        # Two officers may have the same letter open: the first records it.
        if not LetterDraft.objects.select_for_update().filter(pk=draft.pk).exists():
            raise ResponsesRefusedError(
                "This letter was recorded or put aside meanwhile: look for it in the register."
            )
        response = _record(letter, answers, at, by)
        if draft.file:
            SentFile.objects.create(
                response=response,
                question=WRITTEN,
                file=draft.file.name,
                name=draft.name,
                extension=draft.extension,
                bytes=draft.bytes,
                sha256=draft.sha256,
                came_at=draft.received_at,
            )
        # The file itself stays: it is the response's now.
        LetterDraft.objects.filter(pk=draft.pk).delete()
    return response


def put_letter_aside(draft: LetterDraft, at: datetime, by: User, reason: str) -> None:
    """Take a letter that should not be entered out of the list, with its reason in the record."""
    if not reason.strip():
        raise ResponsesRefusedError("Say why the letter is put aside: it stays in the record.")
    with transaction.atomic():
        record(
            PUT_ASIDE,
            draft,
            at,
            by=by,
            after={"because": reason.strip()[:300], "file": draft.file.name or ""},
        )
        LetterDraft.objects.filter(pk=draft.pk).delete()


def is_late(response: Response) -> bool:
    """Whether a response came after its consultation had closed."""
    return bool(response.submitted_at >= response.consultation.closes_at)


def written_error(channel: str, text: str, organisation: str) -> str:
    """Return what keeps a letter from being recorded; empty where nothing does."""
    if channel not in Channel.values:
        return f"The channel '{channel}' is unknown: choose one of {', '.join(Channel.values)}."
    if not text.strip():
        return f"The letter has no text: put it under the key '{WRITTEN}'."
    return text_error(text, LONGEST_LETTER) or text_error(organisation, LONGEST_NAME)


def _record(
    letter: Written, answers: Mapping[str, Sequence[str]], at: datetime, by: User | None
) -> Response:
    if error := _letter_fault(letter):
        raise ResponsesRefusedError(error)
    survey, form = letter.survey, None
    if survey is not None:
        form = survey_form(survey)
        for name, error in passage_faults(survey, answers).items():
            raise ResponsesRefusedError(f"Question '{name}': {error}")
    respondent = Respondent.objects.create(
        consultation=letter.consultation,
        took_part_at=letter.received_at,
        kind=letter.kind,
        organisation=letter.organisation,
    )
    publication = letter.publication
    if publication == Publication.NAMED and not letter.organisation:
        publication = Publication.UNNAMED
    response = Response.objects.create(
        consultation=letter.consultation,
        survey=survey,
        version=version_of(survey, form, at) if survey and form else None,
        respondent=respondent,
        reference=new_references(1)[0],
        channel=letter.channel,
        submitted_at=letter.received_at,
        consent="",
        publication=publication,
    )
    rows = [Answer(response=response, question=WRITTEN, text=letter.text)]
    if survey is not None and form is not None:
        marked = {name: list(values) for name, values in answers.items()}
        # A letter is no place for equality questions, and none is offered for it.
        passages, _ = answer_rows(
            response, form.questions, marked, delete_on(letter.consultation, survey)
        )
        rows += passages
    Answer.objects.bulk_create(rows)
    count_changed()
    record(
        "written response recorded",
        response,
        at,
        by=by,
        after={"channel": response.channel, "answers": len(rows) - 1, "late": is_late(response)},
    )
    return response


def _letter_fault(letter: Written) -> str:
    if letter.kind not in Respondent.Kind.values:
        return f"The kind of respondent '{letter.kind}' is unknown."
    if letter.kind == Respondent.Kind.ORGANISATION and not letter.organisation.strip():
        return "Write the name of the organisation."
    if letter.kind == Respondent.Kind.INDIVIDUAL and letter.organisation:
        return "Choose “An organisation”, or take the name of the organisation out."
    return written_error(letter.channel, letter.text, letter.organisation)
