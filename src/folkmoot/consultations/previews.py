"""How the page looks in each of its four states, before its time has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.consultations.acts import usual_promise
from folkmoot.consultations.models import State
from folkmoot.publishing.clock import instant

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def instant_in(consultation: Consultation, state: State, at: datetime) -> datetime:
    """Return an instant at which a consultation is in a state: `at` itself where it is so.

    Gives a consultation without a day for its outcome the promised one, in memory only.
    """
    if consultation.state(at) is state:
        return at
    if state is State.COMING:
        return consultation.opens_at - timedelta(days=1)
    if state is State.OPEN:
        return consultation.opens_at
    if state is State.CLOSED:
        return consultation.closes_at
    if consultation.outcome_at is None or consultation.outcome_at < consultation.closes_at:
        promised_on = consultation.answer_promised_on or usual_promise(consultation.closes_at)
        noon = instant(promised_on.isoformat())
        consultation.outcome_at = max(noon, consultation.closes_at + timedelta(hours=1))
    return consultation.outcome_at
