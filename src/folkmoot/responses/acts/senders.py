"""Who answered, and what they agreed to, from what was said beside the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from folkmoot.consultations.models import Respondent
from folkmoot.responses.models import (
    MonitoringAnswer,
    MonitoringConsent,
    Publication,
    Response,
    Survey,
)
from folkmoot.responses.questions import (
    AUTHORITY,
    CONTACT_NAME,
    CONTACT_ROLE,
    KIND,
    MONITORING_CONSENT,
    ORGANISATION,
    PUBLICATION,
)

Said = Mapping[str, Sequence[str]]


def respondent_fields(answers: Said) -> dict[str, Any]:
    """Return the fields of a respondent: of an organisation its name and who wrote for it."""
    if _said(answers, KIND) != Respondent.Kind.ORGANISATION:
        return {"kind": Respondent.Kind.INDIVIDUAL}
    authority = _said(answers, AUTHORITY)
    return {
        "kind": Respondent.Kind.ORGANISATION,
        "organisation": _said(answers, ORGANISATION),
        "contact_name": _said(answers, CONTACT_NAME),
        "contact_role": _said(answers, CONTACT_ROLE),
        "has_authority": authority == "yes" if authority else None,
    }


def publication_of(answers: Said) -> Publication:
    """Return what was agreed may be published; nothing where nothing was said.

    The name of an individual is never published.
    """
    said = _said(answers, PUBLICATION)
    if said not in Publication.values:
        return Publication.NOT
    agreed = Publication(said)
    is_organisation = _said(answers, KIND) == Respondent.Kind.ORGANISATION
    if agreed is Publication.NAMED and not is_organisation:
        return Publication.UNNAMED
    return agreed


def keep_monitoring(
    response: Response,
    survey: Survey,
    rows: Sequence[MonitoringAnswer],
    answers: Said,
    at: datetime,
) -> None:
    """Keep equality answers with the agreement to it, in its words; without it keep none."""
    if not rows or list(answers.get(MONITORING_CONSENT, ())) != ["yes"]:
        return
    MonitoringConsent.objects.create(
        response=response, text=survey.monitoring_consent_text, given_at=at
    )
    MonitoringAnswer.objects.bulk_create(rows)


def _said(answers: Said, name: str) -> str:
    return "".join(answers.get(name, ())).strip()
