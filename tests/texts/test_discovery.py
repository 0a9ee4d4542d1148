"""Answers become themes, and every one of them is accounted for."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from folkmoot.texts import Discovery, Status, discover_themes, find_personal_details
from folkmoot.texts.stance import Stance

Planted = list[tuple[str, str]]

STREETS = ("Mill Lane", "Church Road", "Park View", "Station Road", "High Street", "Elm Grove")
LETTER = (
    "We the undersigned residents ask that the police station in the high street keeps its front "
    "counter open on every day of the week, and that nobody is sent to a website instead of an "
    "officer who can listen to what has happened to them and write it down"
)


def check_every_answer_is_accounted_for(found: Discovery, answers: int) -> None:
    assert [each.row for each in found.assignments] == list(range(answers))
    standings = [each.status for each in found.assignments]
    assert found.answers == answers
    assert standings.count(Status.EMPTY) == found.empty
    assert standings.count(Status.CANNOT_TELL) == found.cannot_tell
    assigned = [each for each in found.assignments if each.status is Status.ASSIGNED]
    assert sum(theme.size for theme in found.themes) == len(assigned)
    for theme in found.themes:
        assert theme.size == sum(each.theme_id == theme.id for each in assigned)
        assert theme.share == theme.size / len(assigned)
        assert theme.label
        assert all(found.assignments[row].theme_id == theme.id for row in theme.exemplars)
    for each in found.assignments:
        assert (each.theme_id is None) == (each.status is not Status.ASSIGNED)
        assert each.second_theme_id is None or each.second_theme_id != each.theme_id
    labels = [theme.label for theme in found.themes]
    assert len(set(labels)) == len(labels)
    assert [theme.size for theme in found.themes] == sorted(
        (theme.size for theme in found.themes), reverse=True
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_themes_are_recovered(planted: Callable[[int, int], Planted], seed: int) -> None:
    answers = planted(1_300, seed)
    found = discover_themes([text for text, _ in answers])
    check_every_answer_is_accounted_for(found, 1_300)
    themes = [each.theme_id for each in found.assignments]
    topics = [topic for _, topic in answers]
    assert normalized_mutual_info_score(topics, themes) >= 0.9
    assert adjusted_rand_score(topics, themes) >= 0.9


def test_labels_and_keywords_say_what_the_theme_is_about(
    planted: Callable[[int, int], Planted],
) -> None:
    found = discover_themes([text for text, _ in planted(1_300, 1)])
    labels = " ".join(theme.label.casefold() for theme in found.themes)
    for telling in ("search", "victims", "women", "kni", "patrol", "car"):
        assert telling in labels
    for theme in found.themes:
        assert theme.label[0].isupper()
        assert 2 <= len(theme.label.split()) <= 9
        assert 5 <= len(theme.keywords) <= 10


def test_a_campaign_weighs_as_one_and_every_copy_is_counted(
    planted: Callable[[int, int], Planted],
) -> None:
    others = [text for text, _ in planted(400, 5)]
    without = discover_themes([*others, LETTER])
    found = discover_themes([*others, *[LETTER] * 300])
    check_every_answer_is_accounted_for(found, 700)
    (campaign,) = found.campaigns
    assert campaign.members == tuple(range(400, 700))
    copies = [found.assignments[row] for row in campaign.members]
    assert {each.campaign_id for each in copies} == {1}
    assert len({each.theme_id for each in copies}) == 1
    # The same themes as with a single letter, however many copies came.
    split = [each.theme_id for each in without.assignments[:400]]
    again = [each.theme_id for each in found.assignments[:400]]
    assert adjusted_rand_score(split, again) == 1


def test_themes_formed_from_a_draw_hold_the_others_as_well(
    planted: Callable[[int, int], Planted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("folkmoot.texts.discovery.MOST_COMPARED", 300)
    monkeypatch.setattr("folkmoot.texts.discovery.PLACED_AT_ONCE", 400)
    answers = planted(1_300, 1)
    found = discover_themes([text for text, _ in answers])
    check_every_answer_is_accounted_for(found, 1_300)
    assert found.compared == 300 < found.wordings
    topics = [topic for _, topic in answers]
    themes = [each.theme_id for each in found.assignments]
    assert normalized_mutual_info_score(topics, themes) >= 0.85


def test_more_than_fifteen_themes_come_in_groups(
    planted: Callable[[int, int], Planted],
) -> None:
    texts = [text for text, _ in planted(700, 2)]
    found = discover_themes(texts, themes=(18, 20))
    check_every_answer_is_accounted_for(found, 700)
    assert 1 < len(found.groups) < len(found.themes)
    for group in found.groups:
        own = [theme for theme in found.themes if theme.group_id == group.id]
        assert group.theme_ids == tuple(theme.id for theme in own)
        assert group.size == sum(theme.size for theme in own)
        assert group.label.startswith(own[0].label)
    assert [group.id for group in found.groups] == list(range(1, len(found.groups) + 1))
    assert discover_themes(texts, themes=(6, 8)).groups == ()


def test_each_theme_is_told_in_a_sentence(planted: Callable[[int, int], Planted]) -> None:
    for theme in discover_themes([text for text, _ in planted(400, 1)]).themes:
        assert theme.description.startswith("Speaks of ")
        assert theme.description.endswith("”")


def test_camps_of_a_theme_are_counted() -> None:
    found = discover_themes(
        [
            *[f"We need more police on {street}" for street in STREETS],
            *[f"{street} has too many police officers" for street in STREETS],
            *[f"Not enough buses stop at {street}" for street in STREETS],
        ],
        themes=(2, 2),
    )
    (theme,) = (each for each in found.themes if "police" in each.label.casefold())
    camps = [(side.stance, side.size, side.about) for side in theme.sides]
    assert sorted(camps, key=str) == [
        (Stance.AGAINST, len(STREETS), "police"),
        (Stance.FOR, len(STREETS), "police"),
    ]


def test_the_number_of_themes_stays_within_the_range(
    planted: Callable[[int, int], Planted],
) -> None:
    texts = [text for text, _ in planted(500, 3)]
    for fewest, most in ((2, 3), (6, 6), (9, 12)):
        assert fewest <= len(discover_themes(texts, themes=(fewest, most)).themes) <= most


def test_names_and_numbers_of_people_reach_no_label(
    planted: Callable[[int, int], Planted],
) -> None:
    texts = [
        f"{text}. My name is Sarah Okonkwo, ring me on 07700 900123 or sarah@example.org"
        for text, _ in planted(300, 4)
    ]
    for theme in discover_themes(texts).themes:
        said = " ".join([theme.label, *theme.keywords])
        assert find_personal_details(said) == []
        for hidden in ("sarah", "okonkwo", "07700", "900123", "example"):
            assert hidden not in said.casefold()


_PROGRAMME = """
import hashlib, json, sys
from folkmoot.texts import discover_themes
texts = json.load(open(sys.argv[1]))
print(hashlib.sha256(repr(discover_themes(texts)).encode()).hexdigest())
"""


def test_the_result_is_the_same_on_any_number_of_cores(
    planted: Callable[[int, int], Planted], tmp_path: Path
) -> None:
    texts = [text for text, _ in planted(700, 8)] + [LETTER] * 12 + ["", "No"]
    (tmp_path / "answers.json").write_text(json.dumps(texts))
    here = hashlib.sha256(repr(discover_themes(texts)).encode()).hexdigest()
    for threads, hash_seed in (("1", "0"), ("2", "1"), ("4", "77")):
        settings = dict.fromkeys(
            ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), threads
        )
        printed = subprocess.run(
            [sys.executable, "-c", _PROGRAMME, str(tmp_path / "answers.json")],
            env={**os.environ, **settings, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert printed.strip() == here


def test_no_answers_give_no_themes() -> None:
    found = discover_themes([])
    assert (found.answers, found.themes, found.assignments) == (0, (), ())


def test_one_answer_is_one_theme() -> None:
    found = discover_themes(["More police officers on foot in the evening"])
    check_every_answer_is_accounted_for(found, 1)
    assert found.themes[0].size == 1


def test_identical_answers_are_one_theme() -> None:
    found = discover_themes(["More police on foot"] * 60)
    check_every_answer_is_accounted_for(found, 60)
    assert [(theme.label, theme.size) for theme in found.themes] == [("More police on foot", 60)]


def test_empty_answers_alone_give_no_themes() -> None:
    found = discover_themes(["", None, "   ", "\n", "...", "—"] * 100)
    check_every_answer_is_accounted_for(found, 600)
    assert (found.empty, found.themes) == (600, ())


def test_empty_answers_are_kept_apart_from_those_that_cannot_be_told() -> None:
    found = discover_themes(
        ["", None, "  - ", "No", "n/a", "Don't know", "👍", "<p> </p>", "More police on foot"]
    )
    assert [each.status for each in found.assignments] == [
        *[Status.EMPTY] * 3,
        *[Status.CANNOT_TELL] * 4,
        Status.EMPTY,
        Status.ASSIGNED,
    ]


def test_a_very_long_answer_is_an_answer_like_others(
    planted: Callable[[int, int], Planted],
) -> None:
    texts = [text for text, _ in planted(120, 6)]
    story = "stop and search happened to my son on the pavement outside the college. "
    found = discover_themes([*texts, story * 14_000])
    check_every_answer_is_accounted_for(found, 121)
    label = found.themes[(found.assignments[120].theme_id or 0) - 1].label
    assert "search" in label.casefold()


def test_mark_up_is_not_read(planted: Callable[[int, int], Planted]) -> None:
    texts = [text for text, _ in planted(200, 9)]
    marked = [f"<p class='x'>{text.replace(' ', '&nbsp;')}</p><br/>" for text in texts]
    plain, found = discover_themes(texts), discover_themes(marked)
    assert found.themes == plain.themes


def test_other_languages_and_emoji_are_assigned() -> None:
    texts = [
        "Plus de policiers à pied le soir dans notre quartier 👮",
        "La police doit patrouiller à pied dans les rues",
        "Więcej policji na ulicach wieczorem proszę",
        "Policja powinna być widoczna na ulicach",
        "我们社区需要更多的巡逻警察",
        "晚上街上需要更多警察",
        "نريد المزيد من رجال الشرطة في الشارع",
        "More officers walking the streets 😀😀",
    ]
    found = discover_themes(texts)
    check_every_answer_is_accounted_for(found, len(texts))
    assert found.cannot_tell == 0
    (apart,) = (theme for theme in found.themes if theme.label == "Answers in other languages")
    assert "Chinese (2), Polish (2), Arabic (1), English (1)" in apart.description
    assert dict(found.languages) == {"ar": 1, "en": 1, "fr": 2, "pl": 2, "zh": 2}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=60)), max_size=25))
def test_any_texts_are_accounted_for(texts: list[str | None]) -> None:
    check_every_answer_is_accounted_for(discover_themes(texts), len(texts))


@pytest.mark.parametrize("themes", [(9, 3), (0, 4)])
def test_a_senseless_range_is_refused(themes: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="number of themes"):
        discover_themes(["More police on foot"], themes=themes)
