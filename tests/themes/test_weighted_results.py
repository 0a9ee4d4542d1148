"""Weighted beside unweighted, and who was heard from against the population, on the public page."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.themes.peoples import HALVES, SEXES, SOURCE, make_answered, make_population

from folkmoot.consultations.models import Respondent
from folkmoot.themes.acts import weighing
from folkmoot.themes.acts.weighing import keep_weighting
from folkmoot.themes.models import ResultsPage

# 40% of 75 women and 80% of 25 men agree.
WOMEN_AND_MEN = (
    (30, "women", "agree", ""),
    (45, "women", "disagree", ""),
    (20, "men", "agree", ""),
    (5, "men", "disagree", ""),
)


def make_results(survey):
    page = ResultsPage(title="What you told us", slug="what-you-told-us", activity=survey)
    survey.consultation.add_child(instance=page)
    return page


def shown(client, groups, *figures):
    survey = make_answered(groups)
    for each in figures:
        make_population(survey, each)
    return look(client, make_results(survey))


def look(client, page, asked=""):
    response = client.get(page.url + asked)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser")
    for svg in found("svg"):
        svg.decompose()
    return found


def words(page, of="weighting"):
    return " ".join(page.find(id=of).find_parent("section").get_text(" ").split())


def table(page, heading):
    section = page.find(id=heading).find_parent("section")
    return [
        [" ".join(cell.get_text().split()) for cell in row(["th", "td"])]
        for row in section.table.tbody("tr")
    ]


def test_weighted_shares_stand_beside_unweighted_ones_with_both_intervals(client):
    page = shown(client, WOMEN_AND_MEN, HALVES)
    # Wilson's intervals of 50 of 100, and of 60% of an effective 75.
    assert table(page, "agree") == [
        ["Agree", "", "50", "50% 40% to 60%", "60% 49% to 70%"],
        ["Neither", "", "0", "0% 0% to 4%", "0% 0% to 5%"],
        ["Disagree", "", "50", "50% 40% to 60%", "40% 30% to 51%"],
    ]


def test_what_was_chosen_most_is_said_both_ways(client):
    groups = ((60, "women", "agree", ""), (15, "women", "disagree", ""), (25, "men", "agree", ""))
    page = shown(client, groups, HALVES)
    said = "Chosen most: Agree, 85% of those who answered, 90% after weighting."
    assert said in words(page, "agree")


def test_the_page_says_what_was_done_what_it_cost_and_what_it_cannot_do(client):
    page = shown(client, (*WOMEN_AND_MEN, (6, None, "agree", "")), HALVES)
    text = words(page)
    assert "Weighted to the population by “What is your sex?”" in text
    assert "Effective sample size 81" in text
    assert "Design effect 1.3" in text
    assert "A consultation is not a sample: people chose to answer." in text
    assert "Weighted are the answers of 106 individuals." in text
    assert "6 people told us nothing to weight them by: they count about once each." in text
    assert "Nobody counts more than 5 times: no weight had to be held there." in text
    assert f"Population: {SOURCE}; figures for 21 March 2021; OGL v3.0." in text
    assert page.find("a", string="How figures are weighted")["href"].endswith("weighting.md")


def test_weights_that_are_held_and_what_they_miss_are_said(client):
    groups = ((475, "women", "agree", ""), (25, "men", "disagree", ""))
    text = words(shown(client, groups, HALVES))
    assert "the weights of 25 people are held there. Most of them are in: “Men”." in text
    assert "“Men” could not be brought to its share of the population" in text


@pytest.mark.parametrize(
    ("groups", "figures", "why"),
    [
        (WOMEN_AND_MEN, (), "These figures are not weighted: every response counts once."),
        (
            ((60, None, "agree", ""),),
            (HALVES,),
            "“What is your sex?” is not used to weight: nobody answered it.",
        ),
        (
            ((60, "women", "agree", ""), (24, "men", "agree", "")),
            (HALVES,),
            "nobody, or fewer than 25 people, are in “Men”",
        ),
        (
            ((60, "women", "agree", ""),),
            (HALVES,),
            "nobody, or fewer than 25 people, are in “Men”",
        ),
        (
            ((26, "women", "agree", ""), (26, "men", "agree", "")),
            ({"sex": {"women": 9, "men": 1}},),
            "tell only as much as those of 32 people would: fewer than 50",
        ),
    ],
)
def test_where_weighting_would_be_unsound_nothing_is_weighted_and_the_page_says_why(
    client, groups, figures, why
):
    page = shown(client, groups, *figures)
    assert why in words(page)
    assert all(len(row) == 4 for row in table(page, "agree"))


def test_a_question_that_too_few_answered_is_not_weighted_and_says_so(client):
    groups = (
        (30, "women", "agree", ""),
        (10, "men", "disagree", ""),
        (10, "women", "", "north"),
        (30, "men", "", "south"),
    )
    page = shown(client, groups, HALVES)
    assert "Not weighted: too few of those who answered this question" in words(page, "agree")
    assert all(len(row) == 4 for row in table(page, "agree"))


def test_a_withheld_count_has_no_weighted_share_either(client):
    groups = (*WOMEN_AND_MEN, (3, "women", "neither", ""))
    rows = table(shown(client, groups, HALVES), "agree")
    withheld = [row for row in rows if row[2] == "[c]"]
    assert len(withheld) == 2 or len(withheld) == 3
    assert all(row[3:] == ["[c]", "[c]"] for row in withheld)


def test_a_weighted_share_that_would_tell_of_two_men_is_withheld_and_said(client):
    groups = (
        (30, "women", "agree", ""),
        (25, "women", "neither", ""),
        (20, "women", "disagree", ""),
        (2, "men", "agree", ""),
        (15, "men", "neither", ""),
        (8, "men", "disagree", ""),
    )
    page = shown(client, groups, HALVES)
    rows = table(page, "agree")
    assert [row[2] for row in rows] == ["32", "40", "28"]
    assert [row[4] for row in rows] == ["[c]", "47% 36% to 58%", "[c]"]
    assert "[c] in weighted figures: withheld as well" in words(page, "agree")


def test_the_number_of_individuals_does_not_tell_that_of_organisations(client):
    survey = make_answered(WOMEN_AND_MEN)
    make_population(survey, HALVES)
    for name in ("A firm", "A club"):
        firm = factories.make_respondent(
            survey.consultation, kind=Respondent.Kind.ORGANISATION, organisation=name
        )
        factories.make_response(survey, {"agree": ["agree"]}, respondent=firm)
    page = look(client, make_results(survey))
    assert [row[1] for row in table(page, "kind")] == ["[c]", "[c]"]
    assert "Weighted are the answers of about 100 individuals." in words(page)


def test_until_the_worker_has_weighed_many_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(weighing, "MOST_AT_ASKING", 50)
    survey = make_answered(WOMEN_AND_MEN)
    make_population(survey, HALVES)
    results = make_results(survey)
    page = look(client, results)
    assert "Weighted figures are being worked out." in words(page)
    assert all(len(row) == 4 for row in table(page, "agree"))
    keep_weighting(survey, factories.AFTER)
    assert table(look(client, results, "?afterwards"), "agree")[0][4] == "60% 49% to 70%"


def test_groups_are_compared_with_the_population(client):
    page = shown(client, WOMEN_AND_MEN, HALVES)
    # 75 of 100 in 50% of the population: an index of 150, Wilson's 65.7% to 82.5% twice.
    assert table(page, "compared-sex") == [
        ["Women More than in proportion", "", "75", "75.0%", "50.0%", "+25.0", "150 131 to 165"],
        ["Men Fewer than in proportion", "", "25", "25.0%", "50.0%", "−25.0", "50 35 to 69"],
    ]
    text = words(page, "against-the-population")
    assert "Heard from less than in proportion: Men. More: Women." in text
    assert f"Population: {SOURCE}" in text


def test_groups_within_chance_are_in_proportion(client):
    page = shown(client, ((27, "women", "agree", ""), (26, "men", "agree", "")), HALVES)
    assert [row[0] for row in table(page, "compared-sex")] == [
        "Women In proportion",
        "Men In proportion",
    ]
    assert "Every group shown is in proportion" in words(page, "against-the-population")


def test_who_did_not_say_or_lives_elsewhere_is_left_out_of_the_comparison(client):
    groups = ((30, None, "agree", "north"), (20, None, "agree", "south"), (7, None, "", "outside"))
    page = shown(client, groups, {"part": {"north": 1, "south": 1, "outside": 0}})
    assert [row[:4] for row in table(page, "compared-part")] == [
        ["North In proportion", "", "30", "60.0%"],
        ["South In proportion", "", "20", "40.0%"],
    ]
    text = words(page, "against-the-population")
    assert "50 people in one of these groups." in text
    assert "7 people who did not say, or are not of this population, are left out." in text


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (((24, "women", "agree", ""),), "fewer than 25 people answered"),
        (
            ((40, None, "agree", "north"), (30, None, "agree", "south"), (2, None, "", "outside")),
            "would give that number away",
        ),
    ],
)
def test_a_comparison_that_would_tell_of_few_is_withheld_whole(client, groups, says):
    key = "part" if groups[0][3] else "sex"
    figures = HALVES if key == "sex" else {"part": {"north": 1, "south": 1, "outside": 0}}
    page = shown(client, groups, figures)
    section = page.find(id=f"compared-{key}").find_parent("section")
    assert section.table is None
    assert says in section.get_text()


def test_what_is_withheld_of_a_group_is_withheld_in_both_tables(client):
    survey = factories.make_survey(
        questions=[
            factories.choice("agree"),
            factories.monitoring(
                "age-band", options=(("one", "One"), ("two", "Two"), ("three", "Three"))
            ),
        ]
    )
    for many, group in ((30, "one"), (12, "two"), (3, "three")):
        for _ in range(many):
            factories.make_response(survey, {"agree": ["agree"]}, monitored={"age-band": group})
    make_population(survey, {"age-band": {"one": 5, "two": 5, "three": 5}})
    page = look(client, make_results(survey))
    *counted, declined = [row[1] for row in table(page, "age-band")]
    assert declined == "0"
    assert counted == ["30", "[c]", "[c]"]
    rows = table(page, "compared-age-band")
    assert [row[2] for row in rows] == counted
    assert [row[4] for row in rows] == ["33.3%"] * 3
    assert all(row[5:] == ["[c]", "[c]"] for row in rows[1:])


def test_the_file_has_what_the_page_shows(client):
    survey = make_answered(WOMEN_AND_MEN)
    make_population(survey, HALVES)
    response = client.get(f"{make_results(survey).url}results.csv")
    _, headers, *rows = csv.reader(io.StringIO(response.content.decode()))
    assert {len(row) for row in rows} == {len(headers)}
    found = [dict(zip(headers, row, strict=True)) for row in rows]
    agree = next(row for row in found if row["row"] == "Agree")
    assert agree["95% interval"] == "40% to 60%"
    assert agree["weighted share"] == "60%"
    assert agree["95% interval, weighted"] == "49% to 70%"
    women = next(row for row in found if row["part"] == "against the population" and row["index"])
    assert (women["population share"], women["index"]) == ("50.0%", "150")
    assert women["difference, points"] == "'+25.0"
    notes = [row["base or note"] for row in found if row["part"] == "weighting"]
    assert any(note.startswith("A consultation is not a sample") for note in notes)


@pytest.mark.parametrize("tables", [1, 2])
@pytest.mark.parametrize(("is_kept", "queries"), [(True, 24), (False, 26)])
def test_the_number_of_queries_does_not_grow(
    client, settings, django_assert_num_queries, tables, is_kept, queries
):
    settings.PUBLIC_CACHE_SECONDS = 0
    survey = make_answered([(30, "women", "agree", "north"), (30, "men", "agree", "south")])
    make_population(survey, HALVES)
    if tables == 2:
        make_population(survey, {"part": {"north": 1, "south": 1, "outside": 0}})
    if is_kept:
        keep_weighting(survey, factories.AFTER)
    page = make_results(survey)
    client.get("/robots-not-there/")
    with django_assert_num_queries(queries):
        assert client.get(page.url).status_code == 200


def test_each_statement_of_a_grid_is_counted_and_weighted_as_a_question(client):
    points = [{"code": code, "label": code.capitalize()} for code in ("agree", "disagree")]
    rows = [{"code": "fair", "label": "They are fair"}, {"code": "seen", "label": "They are seen"}]
    asked = {"key": "police", "title": "The police", "hint": "", "required": False}
    survey = factories.make_survey(
        questions=[
            ("grid", asked | {"rows": rows, "scale": "own", "points": points}),
            factories.monitoring("sex", "What is your sex?", options=SEXES),
        ]
    )
    for many, sex, said in ((75, "women", "agree"), (25, "men", "disagree")):
        for _ in range(many):
            factories.make_response(survey, {"police--fair": [said]}, monitored={"sex": sex})
    make_population(survey, HALVES)
    page = look(client, make_results(survey))
    assert page.find(id="police--fair").get_text() == "The police: They are fair"
    assert [row[3:] for row in table(page, "police--fair")] == [
        ["75% 66% to 82%", "50% 39% to 61%"],
        ["25% 18% to 34%", "50% 39% to 61%"],
    ]
    assert "Nobody answered." in words(page, "police--seen")
