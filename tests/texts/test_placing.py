"""New answers put into themes that stand: by likeness, all of them, the same on every run."""

from __future__ import annotations

import pytest

from folkmoot.texts.campaigns import copies_of
from folkmoot.texts.placing import place_in_themes
from folkmoot.texts.reading import Status

LIGHTS = (
    "The street lights on our road are broken.",
    "It is pitch dark by the station without lamps.",
    "Mend the lighting on the canal path.",
)
CLUBS = (
    "Reopen the youth club at the library.",
    "Teenagers need somewhere to go after school.",
    "A youth worker would keep young people out of trouble.",
)
LETTER = (
    "I ask you to keep the police station in our town open, because without its front counter "
    "nobody can report a crime in person and older people will simply give up reporting."
)


def test_an_answer_goes_where_answers_are_most_like_it() -> None:
    new = ["Dark streets frighten me, fix the lamps.", "Young people want a club."]
    placed = place_in_themes(new, [LIGHTS, CLUBS])
    assert [each.theme for each in placed] == [0, 1]
    assert all(each.score is not None and -1 <= each.score <= 1 for each in placed)


def test_what_says_nothing_is_in_no_theme() -> None:
    placed = place_in_themes([" - ", None, "No comment", "Lamps!"], [LIGHTS, CLUBS])
    statuses = [Status.EMPTY, Status.EMPTY, Status.CANNOT_TELL, Status.ASSIGNED]
    assert [each.status for each in placed] == statuses
    assert [each.theme for each in placed] == [None, None, None, 0]


def test_each_answer_has_its_place_whatever_stands_beside_it() -> None:
    new = [*LIGHTS, *CLUBS, "No comment"]
    together = place_in_themes(new, [LIGHTS, CLUBS])
    assert together == [place_in_themes([each], [LIGHTS, CLUBS])[0] for each in new]


def test_one_theme_takes_all_and_none_is_second() -> None:
    (placed,) = place_in_themes(["Put officers on the street."], [LIGHTS])
    assert (placed.theme, placed.second) == (0, None)


def test_no_new_answers_are_no_places() -> None:
    assert place_in_themes([], [LIGHTS, CLUBS]) == []


@pytest.mark.parametrize("examples", [[], [LIGHTS, ()]])
def test_a_theme_without_an_answer_is_refused(examples: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="at least one answer"):
        place_in_themes(["Lamps"], examples)


def test_a_step_that_raises_ends_the_work() -> None:
    def stop(step: str, share: float) -> None:
        if share >= 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        place_in_themes(["Mend the lamps of our road."], [LIGHTS, CLUBS], tell=stop)


def test_a_copy_is_known_by_the_letter_it_was_made_from() -> None:
    other = "We need a bypass before any house is built on the fields north of the railway bridge."
    texts = [f"Dear Mayor. {LETTER}", LIGHTS[0], other.upper(), None, "Keep the police station."]
    assert copies_of([LETTER, other], texts) == [0, None, 1, None, None]


def test_without_letters_nothing_is_a_copy() -> None:
    assert copies_of([], [LETTER]) == [None]
    assert copies_of([LETTER], []) == []
