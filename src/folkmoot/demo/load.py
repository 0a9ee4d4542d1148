"""Load the London plan pack into a database, as it stood on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Consultation
from folkmoot.decisions.models import DecisionsPage
from folkmoot.demo import staff
from folkmoot.demo.answers import add_responses
from folkmoot.demo.building import Building
from folkmoot.demo.consultation_pages import add_consultation, fill_consultation
from folkmoot.demo.figures import add_figures, add_report
from folkmoot.demo.outcome import add_decisions, analyse
from folkmoot.demo.pack import PackError, read_pack
from folkmoot.demo.plan_pages import add_commitments, add_plan
from folkmoot.demo.population import add_population
from folkmoot.demo.site_pages import (
    add_home,
    add_settings,
    add_standard_pages,
    fill_standard_pages,
)
from folkmoot.demo.workshop_pages import add_attendance
from folkmoot.performance.layouts import checked_tiles
from folkmoot.performance.models import Dashboard
from folkmoot.plans.models import Plan, PlanIndex
from folkmoot.publishing.models import DocumentPage, HomePage
from folkmoot.publishing.search.index import rebuild
from folkmoot.reports.models import ReportIndex
from folkmoot.responses.models import Survey
from folkmoot.themes.models import ResultsPage


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded demonstration: how staff sign in, and what to look at first (title, path)."""

    staff_email: str
    staff_password: str
    look_at: list[tuple[str, str]]


def load(at: datetime, announce: Callable[[str], None]) -> Loaded:
    """Load the demonstration as it stood at `at`, and return how to use it.

    All of it is one transaction, so that a loading that is killed leaves nothing behind and the
    next one starts afresh. A database that holds the demonstration is left as it is. Raises
    PackError where the database holds another site, or the pack is wrong.
    """
    pack = read_pack()
    if Consultation.objects.filter(slug=pack.consultation["slug"]).exists():
        announce("The demonstration is loaded already")
        staff.renew_passwords()
    elif HomePage.objects.exists():
        raise PackError(
            "The database holds another site: set DATABASE_URL to a database of its own "
            "for the demonstration."
        )
    else:
        with transaction.atomic():
            _load(at, announce)
    return _loaded()


def _load(at: datetime, announce: Callable[[str], None]) -> None:
    administrator, analyst = staff.add_staff()
    building = Building(pack=read_pack(), at=at, staff=administrator, analyst=analyst)
    announce("Writing the plan and the consultation")
    home = add_home(building)
    staff.add_groups(analyst)
    add_standard_pages(building, home)
    plan = add_plan(building, home)
    consultation = add_consultation(building, home, plan)
    _add_account_pages(building, home, plan)
    fill_standard_pages(building)
    fill_consultation(building, consultation)
    add_settings(building)
    building.publish_all()
    survey = building.pages["your-say"]
    assert isinstance(survey, Survey)
    announce("Generating the responses that people might have sent")
    topics = add_responses(building, consultation, survey)
    add_attendance(building, consultation)
    add_population(building, survey)
    if building.outcome_is_out:
        commitments = add_commitments(building, plan)
        themes = analyse(building, survey, topics, announce)
        add_decisions(building, consultation, plan, themes, commitments)
    if add_figures(building, announce):
        add_report(building, plan, announce)
    rebuild()
    record("demonstration loaded", home, at, by=administrator)


def _add_account_pages(building: Building, home: HomePage, plan: Plan) -> None:
    defined = building.pack.consultation
    dashboard = Dashboard(
        statutory_plan=plan,
        show_in_menus=True,
        tiles=checked_tiles(building.pack.tiles),
        **defined["dashboard"],
    )
    building.add("dashboard", home, dashboard)
    building.add("reports", home, ReportIndex(show_in_menus=True, **defined["reports"]))
    building.add("plans", home, PlanIndex(**building.pack.plan["index"]))


def _loaded() -> Loaded:
    consultation = Consultation.objects.get(slug=read_pack().consultation["slug"])
    pages: list[Page] = [consultation, *Survey.objects.child_of(consultation)]
    pages += [*ResultsPage.objects.child_of(consultation), *DecisionsPage.objects.all()]
    plan = consultation.statutory_plan
    pages += [*DocumentPage.objects.child_of(consultation)[:1], plan]
    pages += [*Dashboard.objects.all(), *ReportIndex.objects.all()]
    looks = [("Home", "/"), *((page.title, page.url) for page in pages)]
    if plan.versions.exists():
        looks.append(("What changed since the draft", f"{plan.url}compare/"))
    decision = consultation.decisions.first()
    if decision is not None:
        place = [title for title, _ in looks].index(DecisionsPage.objects.get().title) + 1
        thread = f"{DecisionsPage.objects.get().url}{decision.slug}/"
        looks.insert(place, ("One decision, from end to end", thread))
    return Loaded(staff.STAFF_EMAIL, staff.password(), looks)
