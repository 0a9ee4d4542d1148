"""Equality answers, exported apart from all other answers and in an order that leads to nobody."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from folkmoot.responses.exporting.columns import Column, Shape, named, variable_name
from folkmoot.responses.exporting.layout import EXPORT_KEY, Row, forms_of
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.models import MonitoringAnswer
from folkmoot.responses.questions import PREFER_NOT_TO_SAY, MonitoringQuestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.responses.models import Response, Survey

PIECE = 500
TYPED = "other"


def key_maker(secret: bytes) -> Callable[[int], str]:
    """Return what gives a response its key in one export; of two exports no keys are the same."""

    def key_of(response: int) -> str:
        return hmac.new(secret, str(response).encode(), hashlib.sha256).hexdigest()[:20]

    return key_of


def equality_columns(survey: Survey, *, with_key: bool) -> tuple[Column, ...]:
    """Return a column for each equality question of any version, and one for what was typed."""
    forms, versions = forms_of(survey)
    found: dict[str, Column] = {}
    for key, form in reversed(list(forms.items())):
        for question in form.questions:
            if not isinstance(question, MonitoringQuestion):
                continue
            labels = tuple(
                (o.code, o.label) for o in question.options if o.code != PREFER_NOT_TO_SAY
            )
            column = Column(
                variable_name(question.key),
                question.title,
                Shape.CODE,
                question.key,
                labels=labels,
                number=form.numbers[question.key],
                versions=(versions[key],) if versions[key] else (),
            )
            newer = found.get(question.key)
            if newer:
                codes = {code for code, _ in newer.labels}
                gone = tuple(each for each in labels if each[0] not in codes)
                column = replace(
                    newer, labels=newer.labels + gone, versions=column.versions + newer.versions
                )
            found[question.key] = column
    columns = [EXPORT_KEY] if with_key else []
    for column in found.values():
        columns.append(column)
        name = variable_name(f"{column.part}--{TYPED}--text")
        label = f"{column.label} (what was typed)"
        columns.append(
            replace(column, name=name, label=label, shape=Shape.TEXT, aspect=TYPED, labels=())
        )
    return named(columns)


def equality_rows(
    columns: tuple[Column, ...], responses: QuerySet[Response], key_of: Callable[[int], str]
) -> Iterator[Row]:
    """Yield one row for each response with equality answers, in the order of its key.

    Nothing else of the response is in it: no reference, no time, no channel. An equality question
    is skipped where it has no answer; whether it was asked would say how other questions were
    answered.
    """
    at = {(column.part, column.aspect): place for place, column in enumerate(columns)}
    with_key = columns[:1] and columns[0].name == EXPORT_KEY.name
    answered = responses.filter(monitoring_answers__isnull=False).order_by("pk").distinct()
    keys = sorted(
        (key_of(response), response) for response in answered.values_list("pk", flat=True)
    )
    for start in range(0, len(keys), PIECE):
        piece = keys[start : start + PIECE]
        found: dict[int, Row] = defaultdict(lambda: [Missing.SKIPPED] * len(columns))
        answers = MonitoringAnswer.objects.filter(response_id__in=[each for _, each in piece])
        for response, question, choice, text in answers.values_list(
            "response_id", "question", "choice", "text"
        ):
            place = at.get((question, ""))
            if place is None:
                continue
            row, typed = found[response], at[question, TYPED]
            declined = choice == PREFER_NOT_TO_SAY
            row[place] = Missing.DECLINED if declined else choice
            row[typed] = text or (Missing.DECLINED if declined else Missing.NOT_ASKED)
        for key, response in piece:
            if response in found:
                row = found[response]
                if with_key:
                    row[0] = key
                yield row
