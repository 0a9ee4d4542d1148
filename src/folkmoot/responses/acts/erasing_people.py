"""One person's data erased when they ask, with proof that it was done and statistics that stay."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from folkmoot.accounts.audit import record
from folkmoot.publishing.personal import Subject, holders
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import personal
from folkmoot.responses.acts.erasure import PIECE, erase_export, erase_import_file
from folkmoot.responses.acts.freezing import erase_equality_answers
from folkmoot.responses.acts.sent_files import erase_drafts, erase_files
from folkmoot.responses.acts.wording import erase_words
from folkmoot.responses.finding import forget_erased
from folkmoot.responses.models import (
    Erasure,
    Export,
    ImportMapping,
    ImportRun,
    MonitoringAnswer,
    Publication,
    Response,
    SentFile,
)

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

LONGEST_REASON = 300


class ErasureRefusedError(ValueError):
    """Nothing was erased; the sentence says why."""


def erase_person(asked: str, reason: str, at: datetime, by: User) -> Erasure:
    """Erase all that any room holds of whom a reference or an e-mail address leads to.

    Whole or not at all. The record of it says how many of what, and nothing of what they said.
    Raises ErasureRefusedError without a reason, and where nothing is held.
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise ErasureRefusedError(
            f"Say why the data are erased, in up to {LONGEST_REASON} characters."
        )
    with transaction.atomic():
        subject = personal.subject_of(asked)
        places = holders()
        if not any(holder.find(subject) for holder in places):
            raise ErasureRefusedError(
                "Nothing is held under this reference or address: check how it is written."
            )
        erased: dict[str, dict[str, int]] = {}
        # What is found by a respondent goes before the respondent's own hash does.
        for holder in places:
            counts = {what: many for what, many in holder.erase(subject, at).items() if many}
            if counts:
                erased[holder.name] = counts
        erasure = Erasure.objects.create(
            at=at,
            by=by,
            reason=reason.strip(),
            asked_by_email="@" in asked,
            subject_digest=personal.subject_digest(asked),
            erased=erased,
        )
        record("personal data erased", erasure, at, by=by, after=erased)
        count_changed()
    return erasure


def earlier_erasures(asked: str) -> Sequence[Erasure]:
    """Return what was erased before under the same reference or address, newest first."""
    found = Erasure.objects.filter(subject_digest=personal.subject_digest(asked))
    return list(found.select_related("by"))


def erase_responses(subject: Subject, at: datetime) -> dict[str, int]:
    """Erase what leads from responses to their sender, inside the caller's transaction.

    Options, ranks, scale points and numbers stay as statistics of nobody, under a new reference;
    equality answers go, with their counts frozen. So published counts stay as they are. Exports
    that were made before, and the files that responses were imported with, go as well.
    """
    responses = list(personal.responses_of(subject).select_for_update(of=("self",)))
    if not responses:
        return {}
    # What a reference leads to goes before the reference does.
    mails, _ = personal.mails_about(subject).delete()
    drafts = personal.drafts_of(subject)
    files = SentFile.objects.filter(draft__in=drafts).count()
    many_drafts = erase_drafts(drafts)
    keys = [response.pk for response in responses]
    equality = 0
    for survey in {response.survey_id for response in responses}:
        answers = MonitoringAnswer.objects.filter(response__in=keys, response__survey=survey)
        while piece := erase_equality_answers(survey, answers, PIECE):
            equality += piece
    files += erase_files(SentFile.objects.filter(response__in=keys))
    words = erase_words(responses, at)
    forget_erased()
    imports = {response.import_run_id for response in responses if response.import_run_id}
    for response in responses:
        response.reference = new_erased_reference()
        response.erased_at, response.draft_key, response.code_digest = at, None, ""
        response.reference_there, response.publication = "", Publication.NOT
        response.may_be_quoted = False
        response.save()
    runs = list(ImportRun.objects.filter(pk__in=imports).exclude(file=""))
    for run in runs:
        _forget_values(run)
        erase_import_file(run)
    surveys = {response.survey_id for response in responses if response.survey_id}
    written_to = {response.consultation_id for response in responses if not response.survey_id}
    holds = Q(survey__in=surveys) | Q(consultation__in=written_to)
    exports = list(Export.objects.filter(holds).exclude(file=""))
    for export in exports:
        erase_export(export)
    return {
        "responses": len(responses),
        "answers with words": words,
        "equality answers": equality,
        "files": files,
        "drafts": many_drafts,
        "imported files": len(runs),
        "exports": len(exports),
        "e-mails that waited": mails,
    }


def _forget_values(run: ImportRun) -> None:
    """Forget what values of a file were matched to: each may be what one person wrote."""
    written = run.mapping.get("values", {})
    for kept in ImportMapping.objects.filter(survey=run.survey_id):
        values = {
            answer: {value: code for value, code in codes.items() if value not in written[answer]}
            if answer in written
            else codes
            for answer, codes in kept.mapping.get("values", {}).items()
        }
        if values != kept.mapping.get("values", {}):
            kept.mapping = kept.mapping | {"values": values}
            kept.save(update_fields=["mapping"])


def new_erased_reference() -> str:
    """Return a reference that nobody was given, and that says so."""
    while True:
        reference = f"{personal.ERASED}{secrets.token_hex(6).upper()}"
        if not Response.objects.filter(reference=reference).exists():
            return reference
