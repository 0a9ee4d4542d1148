"""Themes by group: shares, intervals, comparisons, and what is withheld, through the whole page."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.themes.counting import NOTHING, make_counted

from folkmoot.responses.models import Response
from folkmoot.themes.acts.campaigns import confirm_campaign
from folkmoot.themes.models import ResultsPage

LABELS = ("Lights", "Youth", "Homes")


def make_survey(*more):
    return factories.make_survey(
        questions=[
            factories.choice("agree", "Do you agree with the draft?"),
            factories.choice(
                "travel",
                "How do you travel?",
                several=True,
                options=(("bus", "Bus"), ("walk", "On foot")),
            ),
            factories.text("change", "What would you change?"),
            *more,
        ]
    )


def answered(survey, many, said, *, monitored=None, **chosen):
    """Let `many` people say something, with what they chose elsewhere."""
    for _ in range(many):
        answers = {"change": said} | {key: [code] for key, code in chosen.items()}
        factories.make_response(survey, answers, monitored=monitored)


def make_results(survey, **fields):
    page = ResultsPage(title="What you told us", slug="what-you-told-us", activity=survey, **fields)
    survey.consultation.add_child(instance=page)
    return page


def seen(client, page, **asked):
    response = client.get(page.by_group_url, asked)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser")
    for svg in found("svg"):
        svg.decompose()
    return found


def words(page):
    return " ".join(page.main.get_text(" ").split())


def shares(page, label):
    """Return the rows of one theme: group, share, interval, base; and what is said of it."""
    section = page.find(id=label.lower()).find_parent("section")
    cells = [
        [" ".join(cell.get_text().split()) for cell in row(["th", "td"])]
        for row in section.tbody("tr")
    ]
    return [[cell for cell in row if cell] for row in cells], words_of(section)


def words_of(part):
    return " ".join(part.get_text(" ").split())


def rows(client, page, **asked):
    response = client.get(f"{page.by_group_url}themes.csv", asked)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode())))


@pytest.fixture
def compared():
    """100 who agree, 40 of them on lights; 100 who disagree, 20 of them. The rest want homes."""
    survey = make_survey()
    answered(survey, 40, "Lights", agree="agree", travel="bus")
    answered(survey, 60, "Homes", agree="agree", travel="walk")
    answered(survey, 20, "Lights", agree="disagree")
    answered(survey, 80, "Homes", agree="disagree")
    make_counted(survey, LABELS)
    return make_results(survey)


def test_a_crosstab_worked_by_hand_stands_on_the_page(client, compared):
    # z = 0.2 / sqrt(0.3 * 0.7 * 2 / 100) = 3.09, p = 0.002; Wilson of 40 and of 20 in 100.
    page = seen(client, compared, question="change", group="agree")
    found, said = shares(page, "Lights")
    assert found == [
        ["Agree", "40%", "31% to 50%", "100"],
        ["Disagree", "20%", "13% to 29%", "100"],
    ]
    assert "More often among “Agree” (40%) than among “Disagree” (20%)." in said
    _, said = shares(page, "Homes")
    assert "More often among “Disagree” (80%) than among “Agree” (60%)." in said
    assert (
        "2 of 2 themes differ between these groups by more than chance: “Homes” and “Lights”."
        in words(page)
    )
    assert "Agree: 100; Disagree: 100 answered in their own words." in words(page)


def test_shares_that_chance_explains_are_said_to_be_no_difference(client):
    survey = make_survey()
    for code, lights in (("agree", 20), ("disagree", 18)):
        answered(survey, lights, "Lights", agree=code)
        answered(survey, 40 - lights, "Homes", agree=code)
    make_counted(survey, LABELS)
    page = seen(client, make_results(survey), group="agree")
    assert "No difference between these groups is more than chance." in shares(page, "Lights")[1]


def test_groups_of_fewer_than_thirty_are_not_compared_and_it_is_said(client):
    survey = make_survey()
    answered(survey, 20, "Lights", agree="agree")
    answered(survey, 20, "Homes", agree="disagree")
    make_counted(survey, LABELS)
    page = seen(client, make_results(survey), group="agree")
    assert "Too few people in these groups" in shares(page, "Lights")[1]


def test_the_file_holds_what_the_page_shows(client, compared):
    page = seen(client, compared, question="change", group="agree")
    (title,), headers, *lines = rows(client, compared, question="change", group="agree")
    assert "What would you change? By group: Do you agree with the draft?" in title
    assert headers[:6] == ["theme", "part of", "group", "base", "share", "95% interval"]
    for label in ("Lights", "Homes"):
        found, said = shares(page, label)
        of_theme = [row for row in lines if row[0] == label]
        assert [[row[2], row[4], row[5], row[3]] for row in of_theme] == found
        assert all(row[7] in said for row in of_theme)
    assert [row[6] for row in lines if row[0] == "Lights"] == ["Disagree", ""]
    for note in (row[7] for row in lines if not row[0]):
        assert note in words(page)


def test_each_option_of_several_is_a_way_to_tell_people_apart(client, compared):
    page = seen(client, compared, question="change", group="travel:bus")
    found, _ = shares(page, "Lights")
    assert found == [
        ["Bus", "100%", "91% to 100%", "40"],
        ["Others only", "0%", "0% to 6%", "60"],
    ]


def test_individuals_and_organisations_and_channels_are_groups(client):
    survey = make_survey()
    for channel in ("web", "paper"):
        for _ in range(30):
            factories.make_response(survey, {"change": "Lights"}, channel=channel)
    make_counted(survey, LABELS)
    page = make_results(survey)
    found, _ = shares(seen(client, page, group="channel"), "Lights")
    assert [row[0] for row in found] == ["Web", "Paper"]
    # Only individuals took part: nobody to compare them with.
    assert "Withheld: fewer than two groups" in words(seen(client, page))


def test_a_small_number_is_withheld_with_another_and_explained(client):
    survey = make_survey()
    answered(survey, 3, "Lights", agree="agree")
    answered(survey, 47, "Homes", agree="agree")
    answered(survey, 10, "Lights", agree="neither")
    answered(survey, 20, "Homes", agree="neither")
    answered(survey, 25, "Lights", agree="disagree")
    answered(survey, 25, "Homes", agree="disagree")
    make_counted(survey, LABELS)
    page = seen(client, make_results(survey), group="agree")
    found, _ = shares(page, "Lights")
    # One withheld cell would be what is left of the totals: so two are in each row and column.
    assert [row[1] for row in found] == ["[c]", "[c]", "50%"]
    assert "[c] withheld: it would tell of fewer than 5 people" in words(page)


def with_faiths(first, second, silent=30):
    """A survey in which faiths of two sizes and the silent ones spoke, and a large third."""
    question = factories.monitoring(
        "faith",
        "What is your faith?",
        options=(("a", "First"), ("b", "Second"), ("c", "Third")),
    )
    survey = make_survey(question)
    for code, many in (("a", first), ("b", second), ("c", 60)):
        answered(survey, many // 2, "Lights", monitored={"faith": code})
        answered(survey, many - many // 2, "Homes", monitored={"faith": code})
    answered(survey, silent, "Homes")
    make_counted(survey, LABELS)
    return make_results(survey)


@pytest.mark.parametrize(
    ("size", "groups"),
    [
        (25, ["First", "Second", "Third"]),
        (24, ["Second", "Third", "Smaller groups, and people who did not say"]),
    ],
)
def test_an_equality_group_of_fewer_than_25_is_counted_with_those_who_did_not_say(
    client, size, groups
):
    page = seen(client, with_faiths(size, 40), group="faith")
    assert [row[0] for row in shares(page, "Lights")[0]] == groups
    is_merged = size < 25
    assert ("Groups of fewer than 25 people are counted together" in words(page)) is is_merged


def test_where_too_few_are_silent_the_smallest_group_goes_with_the_small_one(client):
    page = seen(client, with_faiths(10, 40, silent=2), group="faith")
    found, _ = shares(page, "Lights")
    # 10 and 2 are fewer than 25, so that 40 join them: nothing follows for 12 people.
    assert [(row[0], row[-1]) for row in found] == [
        ("Third", "60"),
        ("Smaller groups, and people who did not say", "52"),
    ]


def test_an_equality_group_that_the_results_page_withholds_is_told_of_nowhere(client):
    page = with_faiths(3, 30)
    results = BeautifulSoup(client.get(page.url).content, "html.parser")
    withheld = [
        row.th.get_text()
        for row in results.find(id="faith").find_parent("section").tbody("tr")
        if "[c]" in row.get_text()
    ]
    assert withheld == ["First", "Second"]
    found, _ = shares(seen(client, page, group="faith"), "Lights")
    assert [row[0] for row in found] == ["Third", "Smaller groups, and people who did not say"]


def test_an_equality_question_of_few_answers_shows_nothing(client):
    survey = make_survey(factories.monitoring("age-band", "How old are you?"))
    answered(survey, 20, "Lights", monitored={"age-band": "one"})
    answered(survey, 20, "Homes", monitored={"age-band": "other"})
    make_counted(survey, LABELS)
    shown = words(seen(client, make_results(survey), group="age-band"))
    assert "Withheld: fewer than two groups have at least 25 people" in shown
    assert "50%" not in shown


def test_nobody_is_quoted_beside_a_group(client):
    page = seen(client, with_faiths(30, 40), group="faith")
    assert not page.select("blockquote, .quotes")


def test_a_letter_that_counts_once_has_no_group(client):
    survey = make_survey()
    answered(survey, 30, "Lights", agree="agree")
    answered(survey, 30, "Homes", agree="disagree")
    answered(survey, 40, "Letter 1: Homes", agree="agree")
    frame = make_counted(survey, LABELS)
    page = make_results(survey)
    assert shares(seen(client, page, group="agree"), "Homes")[0][0][1] == "57%"
    confirm_campaign(frame.campaigns.get(), "once", factories.make_user(), factories.AFTER)
    shown = seen(client, page, group="agree", again="1")
    assert shares(shown, "Homes")[0][0] == ["Agree", "0%", "0% to 11%", "30"]
    assert "A letter that counts once has no group" in words(shown)


def test_who_said_nothing_that_could_be_placed_counts_in_the_base(client):
    survey = make_survey()
    for code in ("agree", "disagree"):
        answered(survey, 30, "Lights", agree=code)
        answered(survey, 10, NOTHING, agree=code)
    make_counted(survey, LABELS)
    found, _ = shares(seen(client, make_results(survey), group="agree"), "Lights")
    assert found[0] == ["Agree", "75%", "60% to 86%", "40"]


def test_a_choice_there_is_not_is_named_and_the_first_shown(client, compared):
    page = seen(client, compared, question="nothing", group="nobody")
    assert "There is no such question here" in words(page)
    assert "There is no such group here" in words(page)
    assert page.find("option", selected=True)["value"] == "kind"
    assert client.get(f"{compared.by_group_url}themes.csv?group=nobody").status_code == 404


def test_before_there_are_themes_the_page_says_so(client):
    page = make_results(make_survey())
    assert "have not been grouped into themes yet" in words(seen(client, page))
    assert client.get(f"{page.by_group_url}themes.csv").status_code == 404


@pytest.mark.parametrize("address", ["", "themes.csv"])
def test_it_is_hidden_until_the_results_are_published(client, settings, address):
    survey = make_survey()
    answered(survey, 10, "Lights", agree="agree")
    make_counted(survey, LABELS)
    page = make_results(survey, publish_from=factories.PUBLISHED)
    settings.FOLKMOOT_AT = "2022-03-24T08:00:00+00:00"
    assert client.get(f"{page.by_group_url}{address}").status_code == 404
    settings.FOLKMOOT_AT = "2022-03-24T09:00:01+00:00"
    assert client.get(f"{page.by_group_url}{address}").status_code == 200


def test_generated_answers_are_labelled(client, compared):
    Response.objects.update(is_generated=True)
    assert "Generated for demonstration" in words(seen(client, compared, group="agree"))
    assert rows(client, compared)[0][0].startswith("These answers are generated")


def test_the_results_and_a_theme_lead_to_their_groups(client, compared):
    results = BeautifulSoup(client.get(compared.url).content, "html.parser")
    assert results.find("a", href=f"{compared.by_group_url}?question=change")
    theme = compared.activity.code_frames.get().themes.get(label="Lights")
    page = BeautifulSoup(client.get(compared.theme_url(theme)).content, "html.parser")
    links = [link["href"] for link in page.find(id="by-group").find_parent("nav")("a")]
    assert f"{compared.by_group_url}?question=change&group=agree#lights" in links
    assert [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize("number", [1, 8])
def test_the_number_of_queries_does_not_grow(client, settings, django_assert_num_queries, number):
    settings.PUBLIC_CACHE_SECONDS = 0
    options = tuple((f"group-{each}", f"Group {each}") for each in range(number + 1))
    survey = make_survey(factories.monitoring("faith", options=options))
    labels = [f"Theme {each};" for each in range(number)]
    for code, _ in options:
        for label in labels:
            answered(survey, 26, label, agree="agree", monitored={"faith": code})
    make_counted(survey, labels)
    page = make_results(survey)
    client.get("/robots-not-there/")
    for group, queries in (("agree", QUERIES), ("faith", QUERIES + QUERIES_OF_EQUALITY)):
        with django_assert_num_queries(queries):
            assert client.get(page.by_group_url, {"group": group}).status_code == 200


QUERIES = 17
QUERIES_OF_EQUALITY = 4
