"""How often the same text came as an answer to a survey."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.crypto import salted_hmac

from folkmoot.responses.arrivals import forget_addresses
from folkmoot.responses.models import Survey, TextCount
from folkmoot.responses.questions import TextQuestion, kept
from folkmoot.responses.suspicions import SHORTEST_TEXT

if TYPE_CHECKING:
    from folkmoot.responses.questions import Answers, SurveyForm

SALT = "folkmoot.responses.text"


def times_of_texts(survey: Survey, form: SurveyForm, answers: Answers) -> int:
    """Count the longest text of a response, and return how often it came, this time included.

    Case, spaces and punctuation make no difference. One text of a response is enough to know it
    again; texts too short to tell anything are not counted, and give 0.
    """
    words = _longest(form, answers)
    if len(words) < SHORTEST_TEXT:
        return 0
    digest: str = salted_hmac(SALT, words, algorithm="sha256").hexdigest()
    count, is_new = TextCount.objects.get_or_create(survey=survey, digest=digest)
    if is_new:
        return 1
    TextCount.objects.filter(pk=count.pk).update(times=F("times") + 1)
    return count.times + 1


def forget_texts(at: datetime) -> int:
    """Delete the counts of surveys that have closed, with their grace; return how many."""
    over = [
        survey.pk
        for survey in Survey.objects.filter(pk__in=TextCount.objects.values("survey"))
        if at >= survey.consultation.closes_at + survey.grace
    ]
    gone, _ = TextCount.objects.filter(survey__in=over).delete()
    return gone


def forget_arrivals(at: datetime) -> None:
    """Forget what was counted of addresses on earlier days, and of texts of surveys now closed."""
    forget_addresses(at)
    forget_texts(at)


def _longest(form: SurveyForm, answers: Answers) -> str:
    texts = [
        found.text
        for question in form.on_the_way(answers).questions
        if isinstance(question, TextQuestion) and (found := kept(question, answers)) is not None
    ]
    return max(
        ("".join(filter(str.isalnum, text.casefold())) for text in texts), key=len, default=""
    )
