"""What changes without letters: worked by hand, in words, and never by fewer than five people."""

from __future__ import annotations

import csv
import io
import random

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.themes.counting import NOTHING, make_counted
from tests.themes.test_by_group import make_results, words

from folkmoot.core.disclosure import check_difference
from folkmoot.themes.acts.campaigns import confirm_campaign, release_campaign
from folkmoot.themes.presenters.without_letters import without_letters
from folkmoot.themes.querysets import answers_alike, current_frames, tally_of

LABELS = ("Lights", "Youth", "Homes")
UNTIL = factories.AFTER


def make_frame(*said):
    """Return a frame of answers: pairs of a text and how many people sent it."""
    survey = factories.make_survey(questions=[factories.text("change", "What would you change?")])
    for text, many in said:
        for _ in range(many):
            factories.make_response(survey, {"change": text})
    return make_counted(survey, LABELS)


def found(frame):
    (current,) = current_frames(frame.survey).values()
    alike = answers_alike([current], UNTIL)[current.pk]
    themes = sorted(current.themes.all(), key=lambda theme: theme.number)
    return without_letters(current, themes, tally_of(current, alike), alike)


def test_a_theme_carried_by_a_letter_falls_and_the_others_rise():
    frame = make_frame(("Letter 1: Lights", 30), ("Lights", 10), ("Youth", 25), ("Homes", 20))
    line = found(frame)
    assert line.sentence == (
        "Without the letter (30 copies), “Lights” falls from first to third, “Youth” rises from "
        "second to first and “Homes” rises from third to second."
    )
    # Of 85 with the letter and 55 without: 40, 25 and 20; then 10, 25 and 20.
    assert line.table.rows == (
        ("Lights", "1", "3", "47%", "18%", "−29 points"),
        ("Youth", "2", "1", "29%", "45%", "+16 points"),
        ("Homes", "3", "2", "24%", "36%", "+13 points"),
    )
    lights = frame.themes.get(label="Lights").pk
    assert line.of_theme[lights] == (
        "Without letters that many people sent, its share would be 18% instead of 47%, and it "
        "would be third of the themes instead of first."
    )


def test_where_no_place_changes_the_sentence_says_how_near_shares_stay():
    frame = make_frame(("Letter 1: Lights", 10), ("Lights", 50), ("Youth", 30))
    # 60 of 90 and 50 of 80: 66.7% and 62.5%.
    assert found(frame).sentence == (
        "Without the letter (10 copies), no theme changes its place, and each share stays within "
        "5 percentage points."
    )


def test_several_letters_are_counted_and_those_that_stay_are_told_of():
    frame = make_frame(
        ("Letter 1: Youth", 20),
        ("Letter 2: Youth", 11),
        ("Lights", 40),
        ("Youth", 10),
        ("Homes", 500),
    )
    assert found(frame).sentence == (
        "Without the 2 letters (31 copies), “Youth” falls from second to third and “Lights” rises "
        "from third to second; the shares of the others stay within 5 percentage points."
    )


def test_a_released_letter_is_none_and_without_letters_nothing_is_said():
    frame = make_frame(("Letter 1: Lights", 30), ("Youth", 25))
    release_campaign(frame.campaigns.get(), factories.make_user(), UNTIL)
    assert found(frame) is None


def test_a_letter_that_counts_once_is_one_answer_more():
    frame = make_frame(("Letter 1: Lights", 30), ("Lights", 9), ("Youth", 10))
    confirm_campaign(frame.campaigns.get(), "once", factories.make_user(), UNTIL)
    # 10 and 10 of 20; then 9 and 10 of 19.
    assert found(frame).sentence == (
        "Without the letter (30 copies), “Lights” falls from first to second; the shares of the "
        "others stay within 3 percentage points."
    )


def test_a_difference_of_few_people_is_withheld_with_another():
    frame = make_frame(
        ("Letter 1: Lights", 30),
        ("Letter 1: Lights and Youth", 3),
        ("Lights", 20),
        ("Youth", 20),
        ("Homes", 20),
    )
    line = found(frame)
    # Three copies mention the young: with the number of all copies beside it, those on the lights
    # would give it away.
    assert [row[4] for row in line.table.rows] == ["[c]", "[c]", "33%"]
    assert [row[1] for row in line.table.rows] == ["", "", "1"]
    assert set(line.of_theme) == {frame.themes.get(label="Homes").pk}
    assert any("fewer than 5 people" in note for note in line.table.notes)


@pytest.mark.parametrize("copies", [4, 5])
def test_of_fewer_than_five_copies_nothing_is_told(copies):
    frame = make_frame(("Letter 1: Lights", copies), ("Lights", 20), ("Youth", 20))
    assert (found(frame) is None) is (copies < 5)


@pytest.mark.parametrize("seed", range(6))
def test_the_table_less_that_of_all_answers_tells_of_nobody(seed):
    drawn = random.Random(seed)
    said = [(f"Letter 1: {' '.join(drawn.sample(LABELS, 2))}", drawn.randint(0, 9))]
    said += [(f"Letter 2: {label}", drawn.randint(0, 9)) for label in LABELS]
    said += [(label, drawn.randint(3, 12)) for label in LABELS]
    said += [("Letter 1: " + NOTHING, drawn.randint(0, 6)), (NOTHING, drawn.randint(0, 9))]
    frame = make_frame(*said)
    (current,) = current_frames(frame.survey).values()
    alike = answers_alike([current], UNTIL)[current.pk]
    whole, part = tally_of(current, alike), tally_of(current, alike, with_letters=False)
    line = found(frame)
    if line is None:
        return
    told = [theme for theme in current.themes.all() if theme.pk in line.of_theme]
    for theme in told:
        assert not 0 < part.themes[theme.pk] < 5
        check_difference([[whole.themes[theme.pk]]], [[part.themes[theme.pk]]])


def test_the_page_a_theme_and_the_file_say_it(client):
    frame = make_frame(("Letter 1: Lights", 30), ("Lights", 10), ("Youth", 25), ("Homes", 20))
    page = make_results(frame.survey)
    line = found(frame)
    results = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert "If letters are left out" in words(results)
    assert line.sentence in words(results)
    captions = [each.get_text() for each in results.select("details table caption")]
    assert "Themes with and without letters" in captions
    rows = list(csv.reader(io.StringIO(client.get(f"{page.url}results.csv").content.decode())))
    told = [row for row in rows if row[0] == "without letters"]
    assert told[0][5] == line.sentence
    assert [(row[2], row[4]) for row in told[1:4]] == [
        ("Lights", "18%"),
        ("Youth", "45%"),
        ("Homes", "36%"),
    ]
    theme = frame.themes.get(label="Lights")
    said = words(BeautifulSoup(client.get(page.theme_url(theme)).content, "html.parser"))
    assert line.of_theme[theme.pk] in said
