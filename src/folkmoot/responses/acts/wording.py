"""What somebody wrote, taken out of the register; what they chose stays, as nobody's.

Options, ranks, points of scales and numbers stay: they are the published statistics, and say
nothing of anybody once nothing leads to a person. Texts, days, places and files go. Of a postcode
its district stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Q

from folkmoot.publishing.purging import purge
from folkmoot.responses.exporting.layout import forms_of
from folkmoot.responses.models import (
    Answer,
    AnswerReview,
    AnswerVector,
    Keying,
    Note,
    PaperMark,
    PublicResponse,
    Response,
    Survey,
)
from folkmoot.responses.questions import NumberQuestion, PostcodeQuestion
from folkmoot.responses.questions.replies import postcode

# Erases what rooms above wrote beside the answers of responses with some keys.
Beside = Callable[[Sequence[int]], int]
_BESIDE: dict[str, Beside] = {}


def register_beside(name: str, erase: Beside) -> None:
    """Add what goes with the words of responses. Called in `AppConfig.ready()`."""
    _BESIDE[name] = erase


def erase_words(responses: Sequence[Response], at: datetime) -> int:
    """Erase what was written in some responses, inside the caller's transaction.

    Return how many answers lost words. Each answer stays, so that how many answered stays; so does
    the response, which nobody may quote or publish any more.
    """
    by_survey: dict[Survey | None, list[int]] = defaultdict(list)
    for response in responses:
        by_survey[response.survey].append(response.pk)
    erased = 0
    for survey, keys in by_survey.items():
        erased += _erase_answers(survey, keys)
    keys = [response.pk for response in responses]
    Note.objects.filter(response__in=keys).delete()
    # What was typed from paper is kept for a day after that; nobody waits for it here.
    Keying.objects.filter(form__response__in=keys).update(typed={})
    PaperMark.objects.filter(response__in=keys).exclude(text="").update(text="")
    AnswerReview.objects.filter(answer__response__in=keys).delete()
    for erase_beside in _BESIDE.values():
        erase_beside(keys)
    # The row stays, so that its public number is never given to another.
    if PublicResponse.objects.filter(response__in=keys).update(words="", is_shown=False):
        purge()
    Response.objects.filter(pk__in=keys).update(erased_at=at, may_be_quoted=False)
    return erased


def _erase_answers(survey: Survey | None, responses: Sequence[int]) -> int:
    numbers, postcodes = _kept_as_they_are(survey)
    answers = Answer.objects.filter(response__in=responses)
    beside = list(answers.exclude(other={}))
    for answer in beside:
        # The option stays known as one beside which something was written.
        answer.other = dict.fromkeys(answer.other, "")
    Answer.objects.bulk_update(beside, ["other"], batch_size=500)
    whole = list(answers.filter(question__in=postcodes).exclude(text=""))
    for answer in whole:
        answer.text = postcode(answer.text, is_whole=False)
    Answer.objects.bulk_update(whole, ["text"], batch_size=500)
    written = answers.exclude(question__in=numbers | postcodes).filter(
        ~Q(text="") | Q(latitude__isnull=False)
    )
    erased = written.update(text="", latitude=None, longitude=None)
    # What the words mean goes after them: whoever makes a vector holds its answer until it is kept.
    AnswerVector.objects.filter(answer__response__in=responses).delete()
    return len(beside) + erased


def _kept_as_they_are(survey: Survey | None) -> tuple[set[str], set[str]]:
    """Return the keys of numbers and of postcodes in any version of a survey."""
    if survey is None:
        return set(), set()
    forms, _ = forms_of(survey)
    parts = [part for form in forms.values() for part in form.parts]
    # What one version asked as a number and another as a text goes: it may be either.
    free = {each.key for each in parts if not isinstance(each, NumberQuestion | PostcodeQuestion)}
    numbers = {part.key for part in parts if isinstance(part, NumberQuestion)}
    postcodes = {part.key for part in parts if isinstance(part, PostcodeQuestion)}
    return numbers - free - postcodes, postcodes - free
