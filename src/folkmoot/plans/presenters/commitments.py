"""How promised work stands, in words and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from folkmoot.core.standing import Standing
from folkmoot.core.tables import Table
from folkmoot.plans.presenters.words import commitment_url, day, days

if TYPE_CHECKING:
    from folkmoot.plans.models import Commitment, Forecast, Milestone, Plan

# In the shorthand of the Analysis Function.
NONE = "[z]"
NONE_MEANS = "[z] not applicable: it was not late, or no reason was asked for."
TONES = {
    Standing.COMPLETED: "brand",
    Standing.ON_TRACK: "",
    Standing.DELAYED: "draft",
    Standing.OVERDUE: "strong",
}


def timing(due: date, forecast: date | None, completed: date | None, on: date) -> str:
    """Return in words how work stands to the day it was due, as on the day `on`.

    It goes on a sentence that names that day: "completed 5 days late". A completion after `on`
    had not happened yet.
    """
    if completed is not None and completed <= on:
        late = (completed - due).days
        return f"completed {days(late)} late" if late > 0 else "completed on time"
    if on > due:
        overdue = f"overdue by {days((on - due).days)}"
        return f"{overdue}, expected on {day(forecast)}" if forecast and forecast > on else overdue
    if forecast is not None and forecast > due:
        return f"expected {days((forecast - due).days)} late, on {day(forecast)}"
    return f"{days((due - on).days)} to go" if due > on else "which is today"


def commitment_lines(
    plan: Plan, commitments: Iterable[Commitment], on: date
) -> list[dict[str, Any]]:
    """Return one line for each commitment: title, url, lead, timing, and standing as a tag."""
    return [
        {
            "title": commitment.title,
            "url": commitment_url(plan, commitment),
            "lead": commitment.lead,
            "due": day(commitment.due),
            "timing": timing(commitment.due, commitment.expected_on(on), commitment.completed, on),
            **standing_tag(commitment, on),
        }
        for commitment in commitments
    ]


def standing_tag(work: Commitment | Milestone, on: date) -> dict[str, str]:
    """Return the word and the tone of the tag that says how work stands."""
    stands = work.standing(on)
    return {"standing": stands.value, "tone": TONES[stands]}


def standings_sentence(commitments: Iterable[Commitment], on: date) -> str:
    """Return how many commitments there are and how they stand; empty where there is none."""
    counted = Counter(commitment.standing(on) for commitment in commitments)
    number = counted.total()
    if not number:
        return ""
    parts = [f"{counted[each]} {each.value.lower()}" for each in Standing if counted[each]]
    return f"{number} commitment{'' if number == 1 else 's'}: {', '.join(parts)}."


def milestones_table(commitment: Commitment, on: date) -> Table | None:
    """Return the milestones of a commitment with the days they were due; None without any.

    A completion after `on` had not happened yet; a forecast counts until the completion.
    """
    milestones = list(commitment.milestones.all())
    if not milestones:
        return None
    rows = tuple(_milestone_row(milestone, on) for milestone in milestones)
    headers = ("Step", "How it stands", "Due", "Now expected", "Completed", "Why it is late")
    return Table("Milestones", headers, rows, _notes(rows))


def forecasts_table(commitment: Commitment, on: date) -> Table | None:
    """Return when a commitment and its milestones were said to be expected; None where as due.

    The latest that was said comes first.
    """
    said = [each for each in commitment.forecasts.all() if each.said_on <= on]
    if not said:
        return None
    rows = tuple(_forecast_row(commitment, each) for each in reversed(said))
    headers = ("Said on", "Of what", "Expected", "Against the day it was due", "Why")
    return Table("Every day that was expected", headers, rows, _notes(rows))


def _notes(rows: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return (NONE_MEANS,) if any(NONE in row for row in rows) else ()


def _forecast_row(commitment: Commitment, said: Forecast) -> tuple[str, ...]:
    due = (said.milestone or commitment).due
    expected = said.expected or due
    late = (expected - due).days
    against = f"{days(late)} late" if late > 0 else f"{days(-late)} early" if late < 0 else "As due"
    of_what = said.milestone.title if said.milestone else "The commitment"
    return (day(said.said_on), of_what, day(expected), against, said.reason or NONE)


def _milestone_row(milestone: Milestone, on: date) -> tuple[str, ...]:
    done = milestone.completed if milestone.completed and milestone.completed <= on else None
    expected = day(milestone.forecast) if milestone.forecast else "As due"
    return (
        milestone.title,
        capfirst(timing(milestone.due, milestone.forecast, milestone.completed, on)),
        day(milestone.due),
        "Done" if done else expected,
        day(done) if done else "Not yet",
        milestone.lateness or NONE,
    )
