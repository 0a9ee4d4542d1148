"""How lists show a consultation: in one line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from folkmoot.consultations import timeline
from folkmoot.consultations.models import Consultation, State

TONES = {
    State.COMING: "",
    State.OPEN: "strong",
    State.CLOSED: "",
    State.PUBLISHED: "strong",
}
HEADINGS = {
    State.OPEN: "Open now",
    State.COMING: "Coming",
    State.CLOSED: "Closed, being analysed",
    State.PUBLISHED: "Answered",
}


def line(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """Return how a list shows a consultation: title, summary, address, state in words."""
    state = consultation.state(at)
    return {
        "title": consultation.title,
        "summary": consultation.summary,
        "url": consultation.url,
        "state": state.value,
        "tone": TONES[state],
        "sentence": timeline.state_sentence(consultation, at),
        "is_open": state is State.OPEN,
    }


def counted(number: int, thing: str) -> str:
    """Return a number of things with their unit: "1 measure", "1,204 measures"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
