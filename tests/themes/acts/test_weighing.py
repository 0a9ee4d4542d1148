"""Responses weighed to a population: worked by hand, who counts, and what is kept for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.themes.peoples import HALVES, make_answered, make_population

from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.freezing import erase_equality_answers
from folkmoot.responses.models import MonitoringAnswer, Response, Standing
from folkmoot.themes.acts import weighing
from folkmoot.themes.acts.population import undo_population
from folkmoot.themes.acts.weighing import (
    found_weighting,
    keep_all_weightings,
    keep_weighting,
    weigh,
)
from folkmoot.themes.cells import Variable, cells, chosen_by_cell, population_tables
from folkmoot.themes.models import KeptWeighting
from folkmoot.themes.querysets import counted_until

AT = factories.AFTER
# 40% of 75 women and 80% of 25 men agree: 50 of 100, and 60% of a population of as many of both.
WOMEN_AND_MEN = (
    (30, "women", "agree", ""),
    (45, "women", "disagree", ""),
    (20, "men", "agree", ""),
    (5, "men", "disagree", ""),
)


@pytest.fixture
def survey():
    asked = make_answered(WOMEN_AND_MEN)
    make_population(asked, HALVES)
    return asked


def until(survey):
    return counted_until(survey, survey.consultation, AT)


def weighed(survey):
    return weigh(survey, population_tables(survey), until(survey))


def found(survey):
    return found_weighting(survey, population_tables(survey), until(survey))


def share(result):
    return result["questions"]["agree"]["shares"]["agree"][0]


def test_weights_bring_the_answers_to_the_population(survey):
    result = weighed(survey)
    assert result["is_sound"]
    assert (result["used"], result["people"]) == (["sex"], 100)
    assert result["effective_size"] == pytest.approx(75)
    assert result["design_effect"] == pytest.approx(4 / 3)
    assert share(result) == pytest.approx(0.6)
    assert result["questions"]["agree"]["base"] == pytest.approx(75)


def test_who_counts_is_an_individual_whose_response_stands_and_came_in_time(survey):
    firm = factories.make_respondent(
        survey.consultation, kind=Respondent.Kind.ORGANISATION, organisation="A firm"
    )
    factories.make_response(survey, {"agree": ["agree"]}, respondent=firm)
    late = survey.consultation.closes_at + survey.grace + timedelta(seconds=1)
    factories.make_response(survey, {"agree": ["agree"]}, submitted_at=late)
    factories.make_response(survey, {"agree": ["agree"]}, standing=Standing.WITHDRAWN)
    assert weighed(survey)["people"] == 100


def test_who_told_nothing_is_counted_as_such_and_weighs_about_one(survey):
    for _ in range(6):
        factories.make_response(survey, {"agree": ["disagree"]})
    result = weighed(survey)
    assert (result["people"], result["unknown"]) == (106, 6)
    # 60 of the 100 whose sex is known, and none of the six, who keep a weight near 1.
    assert share(result) == pytest.approx(60 / 106, abs=0.01)


def test_cells_are_counted_by_what_people_told_and_where_they_live():
    survey = make_answered(
        [(3, "women", "agree", "north"), (2, "men", "", "south"), (1, None, "agree", "")]
    )
    variables = [Variable("sex", is_monitoring=True), Variable("part", is_monitoring=False)]
    assert cells(survey, variables, until(survey)) == {
        ("women", "north"): 3,
        ("men", "south"): 2,
        ("", ""): 1,
    }
    chosen = chosen_by_cell(survey, variables, ["agree"], until(survey))
    assert chosen["agree"] == {
        (("women", "north"), ("agree",)): 3,
        (("", ""), ("agree",)): 1,
    }


def test_who_lives_elsewhere_is_left_out():
    survey = make_answered(
        [
            (30, "women", "agree", "north"),
            (30, "men", "disagree", "south"),
            (8, "men", "agree", "outside"),
        ]
    )
    make_population(survey, {"part": {"north": 3, "south": 1, "outside": 0}})
    result = weighed(survey)
    assert (result["people"], result["outside"]) == (60, 8)
    assert result["effective_size"] == pytest.approx(48)
    assert not result["is_sound"]
    assert result["questions"] == {}


def test_what_is_kept_is_told_while_nothing_changes(survey):
    assert keep_weighting(survey, AT)
    assert not keep_weighting(survey, AT)
    KeptWeighting.objects.update(found={"kept": True})
    assert found(survey) == {"kept": True}


@pytest.mark.parametrize("change", ["came", "went", "figures"])
def test_few_responses_are_weighed_anew_where_something_changed(survey, change):
    keep_weighting(survey, AT)
    KeptWeighting.objects.update(found={"kept": True})
    if change == "came":
        factories.make_response(survey, {"agree": ["agree"]})
    elif change == "went":
        gone = Response.objects.filter(survey=survey).first()
        Response.objects.filter(pk=gone.pk).update(standing=Standing.WITHDRAWN)
    else:
        make_population(survey, {"sex": {"women": 1, "men": 3}})
    assert found(survey)["people"] == {"came": 101, "went": 99, "figures": 100}[change]


def test_what_was_kept_stands_again_where_later_figures_are_taken_back(survey):
    keep_weighting(survey, AT)
    KeptWeighting.objects.update(found={"kept": True})
    (later,) = make_population(survey, {"sex": {"women": 1, "men": 3}})
    assert "kept" not in found(survey)
    undo_population(later, AT)
    assert found(survey) == {"kept": True}


def test_of_many_responses_what_was_kept_last_is_told_until_the_worker_came(survey, monkeypatch):
    monkeypatch.setattr(weighing, "MOST_AT_ASKING", 50)
    assert found(survey) is None
    assert keep_all_weightings(AT) == 1
    assert share(found(survey)) == pytest.approx(0.6)
    factories.make_response(survey, {"agree": ["agree"]})
    assert found(survey)["people"] == 100
    assert keep_all_weightings(AT) == 1
    assert found(survey)["people"] == 101
    make_population(survey, {"sex": {"women": 1, "men": 3}})
    assert found(survey) is None


def test_shares_outlive_the_equality_answers_that_they_were_made_from(survey):
    keep_weighting(survey, AT)
    erase_equality_answers(survey.pk, MonitoringAnswer.objects.all(), 1000)
    assert share(found(survey)) == pytest.approx(0.6)
    factories.make_response(survey, {"agree": ["agree"]})
    assert not keep_weighting(survey, AT)
    assert share(found(survey)) == pytest.approx(0.6)


def test_without_figures_nothing_is_kept(survey):
    keep_weighting(survey, AT)
    survey.population_tables.all().delete()
    assert keep_all_weightings(AT) == 0
    assert not keep_weighting(survey, AT)
    assert not KeptWeighting.objects.exists()
