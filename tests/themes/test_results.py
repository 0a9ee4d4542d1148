"""The public results page, the page of a theme and the CSV: figures, standing, small numbers."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.themes.frames import make_frame
from tests.themes.voices import LETTER

from folkmoot.responses.models import Response
from folkmoot.themes import acts
from folkmoot.themes.acts.campaigns import confirm_campaign, release_campaign
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.editing import describe_theme
from folkmoot.themes.models import ResultsPage

PLANTED = ("07700 900123", "priya.shah@example.org", "SW1A 2AA", "QQ123456C")


def make_results(survey, **fields):
    page = ResultsPage(title="What you told us", slug="what-you-told-us", activity=survey, **fields)
    survey.consultation.add_child(instance=page)
    return page


@pytest.fixture
def results(survey):
    """The results page of the survey, its themes suggested and not yet confirmed."""
    acts.suggest_themes(survey, "change", factories.AFTER)
    return make_results(survey)


def seen(client, url):
    response = client.get(url)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    for svg in page("svg"):
        svg.decompose()
    return page


def words(page):
    return " ".join(page.main.get_text(" ").split())


def table(page, heading):
    section = page.find(id=heading).find_parent("section")
    return [
        [" ".join(cell.get_text().split()) for cell in row(["th", "td"])]
        for row in section.table.tbody("tr")
    ]


def rows(client, page):
    response = client.get(f"{page.url}results.csv")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_the_page_counts_closed_questions_with_their_base(client, results):
    page = seen(client, results.url)
    assert page.h1.get_text() == "What you told us"
    assert table(page, "agree") == [
        ["Agree", "", "56", "67% 56% to 76%"],
        ["Neither", "", "0", "0% 0% to 4%"],
        ["Disagree", "", "28", "33% 24% to 44%"],
    ]
    assert "84 responses; 84 answered this question." in words(page)


def test_themes_show_how_many_answers_mention_them_and_every_answer_is_accounted_for(
    client, results
):
    text = words(seen(client, results.url))
    assert "84 responses; 83 answered this question." in text
    themes = [row for row in rows(client, results) if row[0] == "themes" and row[3]]
    frame = results.activity.code_frames.get()
    mentions = {theme.label: theme.mentions.count() for theme in frame.themes.all()}
    assert sum(mentions.values()) > 82
    assert {row[2] for row in themes} == set(mentions)
    assert all(int(row[3]) == mentions[row[2]] for row in themes if row[3] != "[c]")
    # One answer could not be placed: it is too few to stand alone, so the smallest theme, or
    # those of one size, are withheld with it.
    assert [row[2] for row in themes if row[3] == "[c]"]
    assert "An answer can mention several themes, so the shares can add up to over 100%." in text
    assert (
        "83 answers are in a theme, or could not be placed in one (too few to count apart)." in text
    )
    assert "1 were sent without a word in them." in text


def test_the_letter_is_stated_apart_and_its_copies_still_count(client, results):
    text = words(seen(client, results.url))
    assert "10 answers are one letter or close to it; 100% of them in the same words." in text
    assert "Each counts in its themes here, like every other answer." in text
    assert LETTER[:60] in text


def test_what_was_chosen_of_a_letter_is_public(client, results):
    (letter,) = results.activity.code_frames.get().campaigns.all()
    confirm_campaign(letter, "once", factories.make_user(), factories.AFTER)
    text = words(seen(client, results.url))
    assert "10 answers are one letter or close to it" in text
    assert "In the themes here they count once, as one answer." in text
    assert "9 are further copies of a letter that counts once." in text


def test_a_released_letter_is_none(client, results):
    (letter,) = results.activity.code_frames.get().campaigns.all()
    release_campaign(letter, factories.make_user(), factories.AFTER)
    assert "are one letter or close to it" not in words(seen(client, results.url))


def test_a_theme_below_another_counts_in_it_and_says_so(client):
    frame = make_frame()
    _first, second, third = frame.themes.order_by("number")
    by = factories.make_user()
    described = {"description": "What young people and the dark have in common."}
    describe_theme(second, described, 1, by, factories.AFTER)
    describe_theme(third, {}, 2, by, factories.AFTER, parent=second)
    text = words(seen(client, make_results(frame.survey).url))
    # Of 19 answers four mention the lights, and five the young, one of them beside officers.
    assert "Part of: A club for the young" in text
    assert "9 people, 47% of those who answered." in text
    assert described["description"] in text


def test_none_of_these_is_accounted_for_apart(client):
    frame = make_frame()
    for answer in frame.assignments.filter(status="assigned", campaign=None)[:5]:
        code_answer(answer, factories.make_user(), Found(status="none"), factories.AFTER)
    text = words(seen(client, make_results(frame.survey).url))
    assert "5 say something else, which is none of the themes." in text


def test_a_draft_says_so_and_a_confirmed_frame_says_when(client, results):
    page = seen(client, results.url)
    assert page.select_one(".tag-draft").get_text() == (
        "Suggested by machine, not yet confirmed by a person"
    )
    frame = results.activity.code_frames.get()
    acts.confirm_frame(frame, factories.make_user(), factories.PUBLISHED)
    page = seen(client, f"{results.url}?fresh=1")
    assert not page.select(".tag-draft")
    assert "Confirmed by a person on 24 March 2022" in words(page)


def test_only_those_who_may_be_quoted_are_quoted(client, survey):
    Response.objects.filter(survey=survey).update(may_be_quoted=False)
    acts.suggest_themes(survey, "change", factories.AFTER)
    page = make_results(survey)
    assert not seen(client, page.url).select("blockquote")
    assert not [row for row in rows(client, page) if row[0] == "quotation"]
    theme = survey.code_frames.get().themes.first()
    text = words(seen(client, page.theme_url(theme)))
    assert "Nobody who said this agreed to be quoted." in text


def test_a_question_that_promised_no_quotation_has_none(client):
    survey = factories.make_survey(questions=[factories.text("change", may_be_quoted=False)])
    for place in range(8):
        factories.make_response(survey, {"change": f"More officers on street number {place}"})
    acts.suggest_themes(survey, "change", factories.AFTER)
    assert not seen(client, make_results(survey).url).select("blockquote")


def test_planted_personal_details_are_on_no_page_and_in_no_file(client):
    survey = factories.make_survey(questions=[factories.text("change")])
    for detail in PLANTED:
        for place in range(6):
            factories.make_response(
                survey, {"change": f"More officers on patrol {place}, ask me at {detail} any day"}
            )
            # The letter is quoted as well.
            factories.make_response(survey, {"change": f"{LETTER} Write to {detail} today."})
    acts.suggest_themes(survey, "change", factories.AFTER)
    page = make_results(survey)
    themes = survey.code_frames.get().themes.all()
    published = [
        client.get(url).content.decode()
        for url in (
            page.url,
            f"{page.url}results.csv",
            survey.consultation.url,
            *(page.theme_url(theme) for theme in themes),
        )
    ]
    assert any("removed]" in text for text in published)
    for detail in PLANTED:
        assert not [text for text in published if detail in text], detail


def test_small_counts_are_withheld_with_a_second_one(client):
    survey = factories.make_survey(questions=[factories.choice("agree")])
    for place in range(40):
        given = "agree" if place < 29 else "neither" if place < 37 else "disagree"
        factories.make_response(survey, {"agree": [given]})
    page = seen(client, make_results(survey).url)
    assert table(page, "agree") == [
        ["Agree", "", "29", "72% 57% to 84%"],
        ["Neither", "", "[c]", "[c]"],
        ["Disagree", "", "[c]", "[c]"],
    ]
    assert "[c] withheld" in words(page)


def test_a_closed_question_of_few_answers_is_withheld_whole(client):
    survey = factories.make_survey(questions=[factories.choice("agree")])
    for _ in range(4):
        factories.make_response(survey, {"agree": ["agree"]})
    page = seen(client, make_results(survey).url)
    assert not page.find(id="agree").find_parent("section").table
    assert "Withheld: fewer than 5 people answered." in words(page)
    assert "4 answered" not in words(page)


def test_several_answers_are_counted_for_each_option_and_said(client):
    survey = factories.make_survey(questions=[factories.choice("agree", several=True)])
    for _ in range(10):
        factories.make_response(survey, {"agree": ["agree", "neither"]})
    factories.make_response(survey, {"agree": []})
    page = seen(client, make_results(survey).url)
    assert table(page, "agree")[:2] == [
        ["Agree", "", "10", "100% 72% to 100%"],
        ["Neither", "", "10", "100% 72% to 100%"],
    ]
    assert "11 responses; 10 answered this question." in words(page)
    assert "more than one answer" in words(page)


@pytest.mark.parametrize(("answered", "is_shown"), [(24, False), (25, True)])
def test_an_equality_question_is_shown_from_25_answers(client, answered, is_shown):
    survey = factories.make_survey()
    for place in range(answered):
        factories.make_response(survey, monitored={"age-band": "one" if place % 2 else "other"})
    page = seen(client, make_results(survey).url)
    section = page.find(id="age-band").find_parent("section")
    assert bool(section.table) is is_shown
    assert ("Withheld: fewer than 25 people answered." in section.get_text()) is not is_shown
    if is_shown:
        assert table(page, "age-band")[0] == ["One group", "12"]


def test_equality_answers_never_stand_beside_answers(client, results):
    for row in rows(client, results)[2:]:
        if row[0] == "who we heard from":
            assert row[1] in {
                "How old are you?",
                "Individuals and organisations",
                "How responses came",
            }
            assert not row[4]


def test_generated_answers_are_labelled_on_every_page_and_in_the_file(client, survey):
    Response.objects.filter(survey=survey).update(is_generated=True)
    acts.suggest_themes(survey, "change", factories.AFTER)
    page = make_results(survey)
    theme = survey.code_frames.get().themes.first()
    for url in (page.url, page.theme_url(theme)):
        assert "Generated for demonstration" in words(seen(client, url))
    assert rows(client, page)[0][0].startswith("These answers are generated for demonstration")


def test_real_answers_carry_no_such_label(client, results):
    assert "Generated for demonstration" not in words(seen(client, results.url))
    assert not rows(client, results)[0][0].startswith("These answers are generated")


def test_a_late_response_does_not_count(client, results):
    survey = results.activity
    late = survey.consultation.closes_at + survey.grace + timedelta(seconds=1)
    factories.make_response(survey, {"agree": ["agree"]}, submitted_at=late)
    assert "84 responses; 84 answered this question." in words(seen(client, results.url))


def test_answers_that_came_after_the_reading_are_accounted_for(client, survey):
    acts.suggest_themes(survey, "change", survey.consultation.opens_at + timedelta(days=30))
    factories.make_response(
        survey, {"change": "One more"}, submitted_at=survey.consultation.closes_at
    )
    text = words(seen(client, make_results(survey).url))
    assert "1 came after the themes were made and are not read yet." in text


@pytest.mark.parametrize("address", ["", "results.csv"])
@pytest.mark.parametrize(
    ("at", "status"), [("2022-03-24T08:00:00+00:00", 404), ("2022-03-24T09:00:01+00:00", 200)]
)
def test_the_page_is_hidden_until_it_is_published(client, settings, survey, address, at, status):
    settings.FOLKMOOT_AT = at
    page = make_results(survey, publish_from=factories.PUBLISHED)
    assert client.get(f"{page.url}{address}").status_code == status


def test_without_a_date_the_page_is_public_from_the_closing(client, settings, survey):
    page = make_results(survey)
    settings.FOLKMOOT_AT = "2022-01-21T23:00:00+00:00"
    assert client.get(page.url).status_code == 404
    settings.FOLKMOOT_AT = "2022-01-22T00:00:00+00:00"
    assert client.get(page.url).status_code == 200


def test_the_page_of_a_theme_shows_its_words_and_the_way_on(client, results):
    themes = list(results.activity.code_frames.get().themes.all())
    page = seen(client, results.theme_url(themes[0]))
    assert page.h1.get_text() == themes[0].label
    assert "What would you change in the draft?" in words(page)
    assert page.select("blockquote")
    side = page.find("aside").get_text()
    assert all(theme.label in side for theme in themes)


def test_an_unknown_theme_is_not_found(client, results):
    assert client.get(f"{results.url}theme/nothing/").status_code == 404


def test_a_theme_that_was_replaced_keeps_its_page_and_says_so(client, results):
    frame = results.activity.code_frames.get()
    acts.confirm_frame(frame, factories.make_user(), factories.AFTER)
    former = frame.themes.first()
    acts.suggest_themes(results.activity, "change", factories.AFTER, replace_confirmed=True)
    page = seen(client, results.theme_url(former))
    assert "An earlier reading" in words(page)


def test_the_consultation_shows_the_themes_most_named(client, results):
    page = seen(client, results.activity.consultation.url)
    section = page.find(id="what-you-told-us").find_parent("section")
    themes = section.select("ol > li")
    assert len(themes) == min(5, results.activity.code_frames.get().themes.count())
    assert section.find("a", href=results.url)
    counts = [each.get_text().split(":")[1].split()[0] for each in themes]
    numbers = [int(count) for count in counts if count != "[c]"]
    assert len(numbers) >= 2
    assert numbers == sorted(numbers, reverse=True)
    assert "Suggested by machine" in section.get_text()


def test_a_spreadsheet_runs_no_quotation(client):
    survey = factories.make_survey(questions=[factories.text("change")])
    for place in range(6):
        factories.make_response(
            survey, {"change": f"=HYPERLINK('x') more officers on street {place}"}
        )
    acts.suggest_themes(survey, "change", factories.AFTER)
    quoted = [row[5] for row in rows(client, make_results(survey)) if row[0] == "quotation"]
    assert quoted
    assert all(said.startswith("'=") for said in quoted)


def test_mark_up_in_an_answer_is_shown_as_text(client):
    survey = factories.make_survey(questions=[factories.text("change")])
    for place in range(6):
        factories.make_response(
            survey, {"change": f"More officers &lt;img src=x&gt; on street number {place}"}
        )
    acts.suggest_themes(survey, "change", factories.AFTER)
    page = seen(client, make_results(survey).url)
    assert not page.main("img")


def grown(number):
    """A survey with `number` closed and `number` free-text questions, each with a few themes."""
    keys = [f"q{place}" for place in range(number)]
    survey = factories.make_survey(
        questions=[
            *(factories.choice(f"closed-{key}") for key in keys),
            *(factories.text(key) for key in keys),
            *(factories.monitoring(f"group-{key}") for key in keys),
        ]
    )
    for place in range(9):
        factories.make_response(
            survey,
            {
                **{f"closed-{key}": ["agree"] for key in keys},
                **{key: f"{['Officers', 'Lights', 'Youth'][place % 3]} {place}" for key in keys},
            },
            monitored={f"group-{key}": "one" for key in keys},
        )
    for key in keys:
        acts.suggest_themes(survey, key, factories.AFTER)
    return make_results(survey)


@pytest.mark.parametrize("number", [1, 10])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, number, settings):
    settings.PUBLIC_CACHE_SECONDS = 0
    page = grown(number)
    client.get("/robots-not-there/")
    theme = page.activity.code_frames.first().themes.first()
    with django_assert_num_queries(QUERIES_OF_RESULTS):
        assert client.get(page.url).status_code == 200
    with django_assert_num_queries(QUERIES_OF_RESULTS):
        assert client.get(f"{page.url}?again=1").status_code == 200
    with django_assert_num_queries(QUERIES_OF_THEME):
        assert client.get(page.theme_url(theme)).status_code == 200


QUERIES_OF_RESULTS = 27
QUERIES_OF_THEME = 23
