"""What a page says of a closing that is near, or of the time that is left after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.responses.presenters.pages import moment

if TYPE_CHECKING:
    from folkmoot.responses.models import Draft, Survey

NEAR = timedelta(hours=24)


def closing_notice(survey: Survey, draft: Draft | None, at: datetime) -> str:
    """Return until when answers are taken, from a day before the closing; empty before that."""
    closes_at = survey.consultation.closes_at
    last = closes_at + survey.grace
    if at >= closes_at:
        return (
            f"This survey closed on {moment(closes_at)}. You began before that, so you can send "
            f"your response until {moment(last)}."
        )
    if closes_at - at > NEAR:
        return ""
    if survey.grace <= timedelta(0):
        return f"This survey closes on {moment(closes_at)}. Nothing can be sent after that."
    if draft is None:
        return (
            f"This survey closes on {moment(closes_at)}. If you have saved an answer by then, you "
            f"can send your response until {moment(last)}."
        )
    return (
        f"This survey closes on {moment(closes_at)}. As you have saved an answer, you can send "
        f"your response until {moment(last)}."
    )
