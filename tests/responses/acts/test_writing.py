from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import OPENS
from tests.responses.asking import three_steps

from folkmoot.responses.acts import IncomingResponse, import_responses
from folkmoot.responses.models import Answer, Response

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(days=3)
# What means something to PostgreSQL's COPY, to SQL, to JSON or to a spreadsheet.
ODD = [
    "one\ttwo\nthree\r\nfour",
    "\\.",
    "\\N",
    "a\\tb \\\\ c\\",
    "ends in a line\n",
    "  space around  ",
    "'; DROP TABLE responses_answer; --",
    "100% %s {0} $1",
    '{"a": "\\"b\\""}',
    "\u202eright to left\u202c",
    "\N{FIRST QUARTER MOON} \N{COMBINING ACUTE ACCENT}e\u2028f",
    "=cmd|' /C calc'!A0",
    "x" * 100_000,
]


def test_odd_text_is_written_as_it_came():
    survey = three_steps()
    rows = [
        IncomingResponse(
            channel="paper",
            submitted_at=AT,
            kind="organisation",
            organisation=f"Guild {number} \\ {text[:20]!r}",
            answers={"change": text},
            reference_there=text[:200].strip(),
        )
        for number, text in enumerate(ODD)
    ]
    import_responses(survey.consultation, survey, rows, at=AT)
    written = Answer.objects.order_by("response").values_list("text", flat=True)
    assert list(written) == ODD
    responses = Response.objects.order_by("pk").select_related("respondent")
    assert [each.respondent.organisation for each in responses] == [r.organisation for r in rows]
    assert [each.reference_there for each in responses] == [row.reference_there for row in rows]
    assert {each.submitted_at for each in responses} == {AT}


def test_what_comes_after_an_import_has_keys_of_its_own():
    survey = three_steps()
    row = IncomingResponse(channel="paper", submitted_at=AT, answers={"change": "Lights."})
    before = factories.make_response(survey)
    import_responses(survey.consultation, survey, [row] * 3, at=AT)
    after = factories.make_response(survey)
    import_responses(survey.consultation, survey, [row] * 2, at=AT)
    keys = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    assert len(set(keys)) == 7
    assert keys[0] == before.pk
    assert keys[4] == after.pk
