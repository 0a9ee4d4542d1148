"""Loading the plan pack: what is there on which day, once, whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from tests import factories

from folkmoot.accounts.models import User
from folkmoot.consultations.models import (
    Consultation,
    EqualityImpactAssessment,
    Respondent,
    State,
)
from folkmoot.core.standing import Standing
from folkmoot.decisions.models import Decision
from folkmoot.demo.load import load
from folkmoot.demo.pack import LONDON, PackError, read_yaml, rich
from folkmoot.performance.models import Observation, Release
from folkmoot.plans.models import Commitment, Measure, Plan
from folkmoot.publishing.clock import instant
from folkmoot.publishing.models import DocumentVersion
from folkmoot.reports.models import Report
from folkmoot.responses.models import Response
from folkmoot.themes.models import CodeFrame, ResultsPage


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    # The slow hash of a real site would take longer than the rest of a loading.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


def silent(_: str) -> None:
    """Nobody watches."""


@pytest.mark.usefixtures("db")
def test_while_open_only_what_existed_then_is_loaded(var: Path) -> None:
    at = instant("2021-12-01")
    load(at, silent)
    consultation = Consultation.objects.get()
    assert consultation.state(at) is State.OPEN
    assert Plan.objects.get().stage == Plan.Stage.CONSULTATION
    assert 200 < Response.objects.count() < 900
    assert not Response.objects.filter(submitted_at__gte=at).exists()
    assert not Response.objects.filter(is_generated=False).exists()
    for model in (Commitment, Decision, CodeFrame, Release, Report, ResultsPage):
        assert not model.objects.exists(), f"{model.__name__} of the future"
    assert consultation.updates.get().title == "The consultation is open"
    assert set(DocumentVersion.objects.values_list("kind", flat=True)) == {"draft"}
    assert EqualityImpactAssessment.objects.get().version == 1


@pytest.mark.usefixtures("db")
def test_loading_again_changes_nothing_and_gives_the_same_sign_in(var: Path) -> None:
    at = instant("2021-11-16 10:30")
    first = load(at, silent)
    people = Respondent.objects.count()
    said: list[str] = []
    assert load(at, said.append) == first
    assert said == ["The demonstration is loaded already"]
    assert Respondent.objects.count() == people > 0
    assert User.objects.get(email=first.staff_email).check_password(first.staff_password)
    kept = var / "demo-staff-password"
    assert kept.read_text() == first.staff_password
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.usefixtures("db")
def test_a_password_that_was_lost_is_renewed(var: Path) -> None:
    at = instant("2021-11-10")
    first = load(at, silent)
    (var / "demo-staff-password").unlink()
    second = load(at, silent)
    assert second.staff_password != first.staff_password
    assert User.objects.get(email=second.staff_email).check_password(second.staff_password)


@pytest.mark.usefixtures("db", "var")
def test_a_loading_that_is_broken_off_leaves_nothing_and_the_next_one_is_whole() -> None:
    def killed(sentence: str) -> None:
        if sentence.startswith("Generating"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(instant("2021-11-20"), killed)
    assert not Plan.objects.exists()
    assert not User.objects.exists()
    load(instant("2021-11-20"), silent)
    assert Response.objects.exists()


@pytest.mark.usefixtures("db", "var")
def test_another_site_is_left_alone() -> None:
    factories.make_home()
    with pytest.raises(PackError, match="holds another site"):
        load(instant("2021-12-01"), silent)
    assert not Consultation.objects.exists()


@pytest.mark.usefixtures("db", "var")
def test_the_whole_chain_is_loaded_after_publication() -> None:
    at = instant("2026-11-01")
    looks = load(at, silent).look_at
    assert [path for title, path in looks if title == "One decision, from end to end"]
    assert Response.objects.filter(survey__isnull=False).count() == 1364
    assert Respondent.objects.count() == 1366
    assert Respondent.objects.filter(kind=Respondent.Kind.ORGANISATION).count() == 25
    assert Consultation.objects.get().state(at) is State.PUBLISHED
    assert_both_standings_of_themes()
    assert_every_decision_leads_on()
    assert_measures_have_figures()
    assert_commitments_stand_differently(at.date())
    assert Report.objects.get().period == "2024-Q4"


def assert_both_standings_of_themes() -> None:
    confirmed = CodeFrame.objects.get(question="matters-most")
    assert not confirmed.is_draft
    assert CodeFrame.objects.get(question="change-draft").is_draft
    assert 8 <= confirmed.themes.count() <= 20
    labels = [theme for theme in confirmed.themes.all() if theme.label != theme.machine_label]
    assert len(labels) == len(read_yaml(LONDON / "decisions.yaml")["names"])
    sizes = confirmed.campaigns.annotate(copies=Count("assignments")).values_list("copies")
    assert [abs(copies - planted) < 10 for (copies,), planted in zip(sizes, (120, 60), strict=True)]


def assert_every_decision_leads_on() -> None:
    decisions = Decision.objects.all()
    assert {decision.outcome for decision in decisions} >= {"accepted", "not-accepted", "outside"}
    for decision in decisions:
        assert decision.themes.exists(), f"'{decision}' answers nobody"
        for change in decision.section_changes.all():
            text = str(change.section.body)
            assert len(text) > 200
    with_measures = decisions.filter(commitments__measures__series__gt="").distinct()
    assert with_measures.count() >= 6


def assert_measures_have_figures() -> None:
    series = set(Measure.objects.exclude(series="").values_list("series", flat=True))
    assert len(series) == 19
    assert series <= set(Observation.objects.values_list("series", flat=True).distinct())
    recorded = Measure.objects.filter(series__in=["burglary", "rape", "weapons-offences"])
    assert all("not accredited" in measure.caveat for measure in recorded)
    assert Measure.objects.filter(kind=Measure.Kind.QUALITATIVE).count() == 3
    totals = Observation.objects.filter(
        series="all-recorded-crime", area__kind="total", period="2023-10-01"
    ).order_by("release__released_on")
    assert [each.value for each in totals] == [82_404, 82_471]


def assert_commitments_stand_differently(on: Any) -> None:
    standings = {commitment.standing(on) for commitment in Commitment.objects.all()}
    assert standings == {Standing.COMPLETED, Standing.OVERDUE, Standing.DELAYED}
    late = [each for each in Commitment.objects.all() if each.forecast and each.forecast > each.due]
    assert late
    assert all(each.lateness for each in late), "late without a reason"


@pytest.mark.usefixtures("db", "var")
def test_a_day_after_publication_knows_nothing_of_later_progress() -> None:
    at = instant("2022-10-20")
    load(at, silent)
    named = Commitment.objects.get(slug="ward-officers-named")
    assert named.standing(at.date()) is Standing.COMPLETED
    patrols = Commitment.objects.get(slug="evening-patrol-hours")
    assert patrols.standing(at.date()) is Standing.DELAYED
    assert patrols.completed is None
    assert patrols.progress_updates.count() == 1
    youth = Commitment.objects.get(slug="three-year-grants")
    assert youth.standing(at.date()) is Standing.ON_TRACK
    assert youth.lateness == ""
    assert not Release.objects.exists()


def test_texts_of_the_pack_link_only_to_pages_that_are_there() -> None:
    assert rich(["See [a & b](page:x)."], {"x": 7}) == (
        '<p>See <a linktype="page" id="7">a &amp; b</a>.</p>'
    )
    with pytest.raises(PackError, match="page:nowhere"):
        rich(["See [this](page:nowhere)."], {})


def test_a_broken_file_of_the_pack_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("title: Plan\nslug: [plan\n")
    with pytest.raises(PackError, match=r"plan\.yaml, line 3"):
        read_yaml(file)
    with pytest.raises(PackError, match="has no file"):
        read_yaml(tmp_path / "nothing.yaml")
