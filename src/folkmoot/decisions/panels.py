"""What decisions show in slots of lower rooms: the thread seen from each of its stations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from folkmoot.decisions.presenters import Thread, people_words, roots_of, threads
from folkmoot.decisions.querysets import decisions_pages, people, shown
from folkmoot.publishing.slots import register_panel
from folkmoot.responses.questions import survey_form
from folkmoot.themes.panels import results_pages

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.decisions.models import Decision
    from folkmoot.plans.models import Commitment, Measure, Section
    from folkmoot.publishing.models import HomePage
    from folkmoot.themes.models import Theme

THREADS_ON_CONSULTATION = 1
DECISIONS_IN_ACCOUNT = 6
ASKED_NOTHING = "Anything else you wanted to tell us."


@dataclass(slots=True)
class Asked:
    """A question that was asked, and the decisions on what people said, most people first."""

    question: str
    answered: list[dict[str, Any]] = field(default_factory=list)


def account(consultation: Consultation, at: datetime) -> Mapping[str, Any] | None:
    """Return what was asked, said and done, of the decisions that most people asked for.

    A decision on themes of several questions stands under the first of them.
    """
    decisions = list(shown(at).filter(consultation=consultation))
    if not decisions:
        return None
    counted = people(decisions, at)
    decisions.sort(key=lambda each: -counted.get(each.pk, 0))
    decided = decisions_pages([consultation]).get(consultation.pk)
    results = results_pages([consultation], at).get(consultation.pk)
    asked: dict[str, Asked] = {}
    for decision in decisions[:DECISIONS_IN_ACCOUNT]:
        question = _question(decision)
        asked.setdefault(question, Asked(question)).answered.append(
            {
                "themes": [
                    {"label": theme.label, "url": results.theme_url(theme) if results else ""}
                    for theme in roots_of(decision)
                ],
                "people": people_words(counted.get(decision.pk, 0)),
                "did": decision.title,
                "outcome": decision.get_outcome_display(),
                "url": decided.decision_url(decision) if decided else "",
            }
        )
    return {
        "asked": list(asked.values()),
        "number": len(decisions),
        "left_out": len(decisions) - min(len(decisions), DECISIONS_IN_ACCOUNT),
        "url": decided.url if decided else "",
    }


def _question(decision: Decision) -> str:
    """Return the words of the question whose answers a decision is on."""
    for theme in decision.themes.all():
        for question in survey_form(theme.frame.survey).questions:
            if question.key == theme.frame.question:
                return question.title
    return ASKED_NOTHING


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
    family = Q(themes=theme.pk) | Q(themes__stands_in=theme.pk)
    return _asked(shown(at).filter(family).distinct(), at)


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
    register_panel("home-panels", "decisions/panels/home.html", at_home, order=40, keep=True)
    register_panel("consultation-account", "decisions/panels/account.html", account, keep=True)
    register_panel(
        "consultation-thread", "decisions/panels/consultation.html", of_consultation, keep=True
    )
    register_panel("section-decisions", "decisions/panels/section.html", of_section, keep=True)
    register_panel("commitment-thread", "decisions/panels/asked.html", of_commitment, keep=True)
    register_panel("measure-thread", "decisions/panels/asked.html", of_measure, keep=True)
    register_panel("theme-decision", "decisions/panels/theme.html", of_theme)
