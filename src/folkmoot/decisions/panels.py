"""What decisions show in slots of lower rooms: the thread seen from each of its stations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.decisions.presenters import Thread, threads
from folkmoot.decisions.querysets import decisions_pages, shown
from folkmoot.publishing.slots import register_panel

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.plans.models import Commitment, Measure, Section
    from folkmoot.publishing.models import HomePage
    from folkmoot.themes.models import Theme

THREADS_ON_CONSULTATION = 3


def of_consultation(consultation: Consultation, at: datetime) -> Mapping[str, Any] | None:
    """Return the threads that began with most people."""
    found = threads(shown(at).filter(consultation=consultation), at)
    if not found:
        return None
    page = decisions_pages([consultation]).get(consultation.pk)
    return {
        "threads": _most_asked(found)[:THREADS_ON_CONSULTATION],
        "number": len(found),
        "url": page.url if page else "",
    }


def of_section(section: Section, at: datetime) -> Mapping[str, Any] | None:
    """Return the decisions that changed a section of the plan."""
    return _asked(shown(at).filter(section_changes__section=section.pk).distinct(), at)


def of_commitment(commitment: Commitment, at: datetime) -> Mapping[str, Any] | None:
    """Return the decisions that a commitment follows from."""
    return _asked(shown(at).filter(commitments=commitment.pk).distinct(), at)


def of_measure(measure: Measure, at: datetime) -> Mapping[str, Any] | None:
    """Return the decisions whose commitments a measure will judge."""
    return _asked(shown(at).filter(commitments__measures=measure.pk).distinct(), at)


def of_theme(theme: Theme, at: datetime) -> Mapping[str, Any] | None:
    """Return what was decided on a theme."""
    return _asked(shown(at).filter(themes=theme.pk).distinct(), at)


def at_home(page: HomePage, at: datetime) -> Mapping[str, Any] | None:
    """Return the thread that began with most people, of the consultation decided on last."""
    latest = shown(at).order_by("-consultation__closes_at", "-consultation_id").first()
    if latest is None:
        return None
    found = threads(shown(at).filter(consultation=latest.consultation_id), at)
    pages = decisions_pages([latest.consultation])
    decided = pages.get(latest.consultation_id)
    return {
        "thread": _most_asked(found)[0],
        "number": len(found),
        "url": decided.url if decided else "",
        "consultation": latest.consultation,
    }


def _asked(decisions: Any, at: datetime) -> Mapping[str, Any] | None:
    found = threads(decisions, at)
    return {"threads": found} if found else None


def _most_asked(found: list[Thread]) -> list[Thread]:
    return sorted(found, key=lambda thread: -thread.people)


def register() -> None:
    """Fill the slots of the home page, consultations, the plan and themes."""
    register_panel("home-panels", "decisions/panels/home.html", at_home, order=40)
    register_panel("consultation-thread", "decisions/panels/consultation.html", of_consultation)
    register_panel("section-decisions", "decisions/panels/section.html", of_section)
    register_panel("commitment-thread", "decisions/panels/asked.html", of_commitment)
    register_panel("measure-thread", "decisions/panels/asked.html", of_measure)
    register_panel("theme-decision", "decisions/panels/theme.html", of_theme)
