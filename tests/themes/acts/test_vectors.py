"""Vectors of answers: made once for each, and gone with its words."""

from __future__ import annotations

import numpy as np
import pytest
from tests import factories
from tests.themes.frames import TEXTS, make_frame

from folkmoot.responses.acts import erase_due
from folkmoot.responses.acts.erasing_people import erase_person
from folkmoot.responses.models import Answer, AnswerVector, Response
from folkmoot.texts.embedding import DIMENSIONS, embed
from folkmoot.texts.nearness import pack
from folkmoot.themes.acts.vectors import MADE_WITH, make_vectors

pytestmark = pytest.mark.django_db


def test_each_answer_gets_the_vector_of_its_words_once(frame):
    assert make_vectors(frame.survey_id, "change") == len(TEXTS)
    kept = AnswerVector.objects.get(answer__text=TEXTS[0])
    assert (kept.made_with, kept.survey_id, kept.question) == (
        MADE_WITH,
        frame.survey_id,
        "change",
    )
    vector = np.frombuffer(bytes(kept.vector), np.int8)
    assert len(vector) == DIMENSIONS
    assert (vector == pack(embed([TEXTS[0].casefold()]))[0]).all()
    before = list(AnswerVector.objects.values_list("pk", flat=True))
    assert make_vectors(frame.survey_id, "change") == 0
    assert list(AnswerVector.objects.values_list("pk", flat=True)) == before


def test_a_new_answer_gets_one_and_others_keep_theirs(frame):
    make_vectors(frame.survey_id, "change")
    factories.make_response(frame.survey, {"change": "A new thought."})
    assert make_vectors(frame.survey_id, "change") == 1


def test_answers_to_other_questions_and_surveys_are_left_alone(frame):
    other = factories.make_survey(questions=[factories.text("change"), factories.text("more")])
    factories.make_response(other, {"change": "Elsewhere.", "more": "Other."})
    make_vectors(other.pk, "more")
    assert AnswerVector.objects.get().answer.text == "Other."


def test_vectors_of_another_embedding_are_made_again(frame):
    make_vectors(frame.survey_id, "change")
    AnswerVector.objects.update(made_with="another-1.0")
    assert make_vectors(frame.survey_id, "change") == len(TEXTS)
    assert set(AnswerVector.objects.values_list("made_with", flat=True)) == {MADE_WITH}


def test_the_vector_of_somebody_erased_goes_with_their_words(frame):
    make_vectors(frame.survey_id, "change")
    response = Response.objects.get(answers__text=TEXTS[3])
    officer = factories.make_user(is_superuser=True)
    erase_person(response.reference, "They asked for it.", factories.AFTER, officer)
    assert AnswerVector.objects.count() == len(TEXTS) - 1
    assert not AnswerVector.objects.filter(answer__response=response).exists()
    # Its words are gone: it gets no other.
    assert make_vectors(frame.survey_id, "change") == 0


def test_all_vectors_go_when_the_words_of_responses_are_due(frame):
    make_vectors(frame.survey_id, "change")
    closes = frame.survey.consultation.closes_at
    assert erase_due(closes.replace(year=closes.year + 20))
    assert not Answer.objects.exclude(text="").exists()
    assert not AnswerVector.objects.exists()


def test_an_answer_that_is_removed_takes_its_vector_along():
    made = make_frame()
    make_vectors(made.survey_id, "change")
    last = Answer.objects.order_by("pk").last()
    made.assignments.filter(answer=last).delete()
    last.delete()
    assert AnswerVector.objects.count() == len(TEXTS) - 1
