"""How the page looks in each of its four states, before its time has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.consultations.models import State

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

AN_ANSWER_TAKES = timedelta(weeks=12)


def instant_in(consultation: Consultation, state: State, at: datetime) -> datetime:
    """Return an instant at which a consultation is in a state: `at` itself where it is so.

    Gives a consultation without a day for its outcome one, in memory only.
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
        consultation.outcome_at = consultation.closes_at + AN_ANSWER_TAKES
    return consultation.outcome_at
