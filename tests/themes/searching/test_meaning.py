"""Answers nearest in meaning: the same ones always, never stale, never what was erased."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from tests import factories
from tests.themes.frames import LETTER, TEXTS

from folkmoot.responses.acts.erasing_people import erase_person
from folkmoot.responses.models import Answer, Response
from folkmoot.themes.searching import meaning
from folkmoot.themes.searching.tasks import make_answers_findable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    meaning.forget()
    yield
    meaning.forget()


def found(frame, sentence, **more):
    kept = meaning.meanings(frame.survey_id, "change")
    near = kept.nearest(meaning.vector_of_sentence(sentence), **more)
    texts = dict(Answer.objects.values_list("pk", "text"))
    return [texts[key] for key, _ in near]


def test_the_first_search_makes_answers_findable_and_the_nearest_come_first(frame):
    near = found(frame, "an officer on patrol in the street")
    assert near[0] in TEXTS[:4]
    assert "Youth work costs less than prison." not in near[:4]


def test_the_same_sentence_finds_the_same_answers_in_the_same_order(frame):
    first = found(frame, "a place for teenagers to meet")
    meaning.forget()
    assert found(frame, "a place for teenagers to meet") == first
    assert found(frame, "A PLACE for teenagers   to meet") == first


def test_answers_of_the_same_words_stand_in_the_order_they_came(frame):
    kept = meaning.meanings(frame.survey_id, "change")
    near = kept.nearest(meaning.vector_of_sentence(LETTER))
    copies = list(Answer.objects.filter(text=LETTER).order_by("pk").values_list("pk", flat=True))
    assert [key for key, _ in near[: len(copies)]] == copies
    assert near[0][1] == pytest.approx(1)


def test_only_those_asked_for_are_ranked_and_none_that_is_left_out(frame):
    keys = list(Answer.objects.order_by("pk").values_list("pk", flat=True))
    kept = meaning.meanings(frame.survey_id, "change")
    sought = meaning.vector_of_answer(kept, keys[0])
    among = {key for key, _ in kept.nearest(sought, among=keys[4:8])}
    assert among <= set(keys[4:8])
    assert keys[0] not in {key for key, _ in kept.nearest(sought, but=[keys[0]])}


def test_a_new_answer_is_found_at_once(frame):
    found(frame, "officers")
    factories.make_response(frame.survey, {"change": "Herons by the sluice."})
    assert found(frame, "a heron at the sluice")[0] == "Herons by the sluice."


def test_an_erased_answer_is_found_no_more(frame):
    assert TEXTS[5] in found(frame, TEXTS[5])
    response = Response.objects.get(answers__text=TEXTS[5])
    key = response.answers.get().pk
    officer = factories.make_user(is_superuser=True)
    erase_person(response.reference, "They asked for it.", factories.AFTER, officer)
    kept = meaning.meanings(frame.survey_id, "change")
    assert key not in kept.keys
    with pytest.raises(meaning.NotFindableError, match="erased"):
        meaning.vector_of_answer(kept, key)


def test_vectors_are_read_once_while_nothing_changes(frame, django_assert_num_queries):
    found(frame, "officers")
    with django_assert_num_queries(2):
        assert meaning.meanings(frame.survey_id, "change").keys.size == len(TEXTS)


@pytest.mark.parametrize("typed", ["???", " ", "–", "…"])
def test_what_has_no_word_is_refused_in_a_sentence(typed):
    with pytest.raises(meaning.NotFindableError, match="describe in a sentence"):
        meaning.vector_of_sentence(typed)


def test_a_question_without_a_word_in_its_answers_says_so():
    survey = factories.make_survey(questions=[factories.text("change")])
    factories.make_response(survey, {"change": "   "})
    with pytest.raises(meaning.NotFindableError, match="No answer to this question"):
        meaning.meanings(survey.pk, "change")


def test_thousands_of_answers_are_left_to_the_worker(frame, monkeypatch):
    monkeypatch.setattr(meaning, "MOST_AT_ASKING", 5)
    for _ in range(2):
        with pytest.raises(meaning.NotFindableError, match="Search by words, or reload"):
            meaning.meanings(frame.survey_id, "change")
    (waits,) = DBTaskResult.objects.filter(task_path=make_answers_findable.module_path)
    asked = waits.args_kwargs
    assert make_answers_findable.func(*asked["args"], **asked["kwargs"]) == len(TEXTS)
    assert meaning.meanings(frame.survey_id, "change").keys.size == len(TEXTS)


def test_what_is_kept_in_memory_has_a_limit(frame, monkeypatch):
    other = factories.make_survey(questions=[factories.text("change")])
    factories.make_response(other, {"change": "Elsewhere."})
    one = meaning.meanings(frame.survey_id, "change")
    monkeypatch.setattr(meaning, "MOST_BYTES", one.bytes)
    meaning.meanings(other.pk, "change")
    assert meaning.meanings(frame.survey_id, "change") is not one
