"""A measure's page says how the measure is defined, and where its limits were counted anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories import make_area, make_measure, make_plan, make_user

from folkmoot.core.periods import Month
from folkmoot.performance.acts import rebase, withdraw_rebasing
from folkmoot.performance.presenters.defined import definition

AT = datetime(2024, 6, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_what_is_defined_is_said_in_words() -> None:
    measure = make_measure(
        make_plan(),
        numerator="offences recorded",
        denominator="offences reported",
        areas="Barnet\nBrent",
        baseline_from=date(2019, 4, 1),
        baseline_to=date(2020, 3, 1),
        screens=True,
        target=1900,
        target_by=date(2025, 3, 1),
        trajectory=[["2023-03", 2100], ["2024-03", 2000]],
    )
    shown = definition(measure, AT)
    assert shown is not None
    assert dict(shown["facts"]) == {
        "Counted": "offences recorded, out of offences reported",
        "Given for": "Barnet and Brent",
        "Usual range from": "April 2019 to March 2020, outlying months left out",
        "Target": "1,900 by March 2025",
        "On the way": "2,100 by March 2023 and 2,000 by March 2024",
    }


def test_the_target_of_a_survey_is_a_share() -> None:
    measure = make_measure(make_plan(), series="good-job-local", better="increase", target=0.7)
    shown = definition(measure, AT)
    assert shown is not None
    assert dict(shown["facts"])["Target"] == "70%"


def test_a_measure_that_says_nothing_of_it_has_no_panel() -> None:
    assert definition(make_measure(make_plan()), AT) is None


def test_decisions_in_force_are_told_with_reason_day_and_who() -> None:
    measure, by = make_measure(make_plan()), make_user("performance.add_rebasing")
    given = {"decided_on": date(2024, 5, 20), "decided_by": "the panel", "at": AT, "by": by}
    rebase(measure, None, Month(2023, 9), "Patrols began.", **given)
    barnet = make_area("Barnet", "borough")
    kept = rebase(measure, barnet, Month(2023, 10), "A station closed", **given)
    shown = definition(measure, AT)
    assert shown is not None
    assert shown["rebases"] == [
        "Limits are counted anew from October 2023 in Barnet: A station closed. Decided by the "
        "panel on 20 May 2024.",
        "Limits are counted anew from September 2023: Patrols began. Decided by the panel on "
        "20 May 2024.",
    ]
    withdraw_rebasing(kept, "It opened again.", at=AT, by=by)
    shown = definition(measure, AT)
    assert shown is not None
    assert len(shown["rebases"]) == 1
