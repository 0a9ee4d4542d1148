"""A form with every kind of question, answers to it, and its export read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests import factories

from folkmoot.core.routing import AnyOf
from folkmoot.responses.acts.rows import answer_rows
from folkmoot.responses.exporting.layout import Layout, layout_of
from folkmoot.responses.exporting.rows import rows
from folkmoot.responses.models import Answer, MonitoringAnswer, Response, SentFile
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    RankingQuestion,
    ScaleQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    declinable,
)

OPTIONS = (
    Option("bus", "Bus"),
    Option("walk", "On foot"),
    Option("other", "Other, please say", asks_text=True),
)
POINTS = (Option("1", "Disagree"), Option("2", "Neither"), Option("3", "Agree"))
# What a spreadsheet would run, what looks like a mark of ours, and what a person may well type.
AWKWARD = (
    '=HYPERLINK("http://example.org")',
    "+44 20 7946 0000",
    "-9",
    "@sum(a1)",
    "\t=1+1",
    " =1+1",
    "＝1+1",
    "'quoted'",
    "[skipped]",
    'He said "no", twice;\nand left.',
    "emoji 🚲, right-to-left \u202e, accents é",
    "x" * 40_000,
)


def every_form(changed: bool = False) -> SurveyForm:
    """Return a form with every kind; `changed` offers one option more and asks one thing less."""
    options = (*OPTIONS, Option("tram", "Tram")) if changed else OPTIONS
    only_bus = AnyOf("travel", frozenset({"bus"}))
    questions = [
        declinable(ChoiceQuestion("travel", "How do you travel?", "", False, options=options)),
        ChoiceQuestion("routes", "Which routes?", "", False, options=options, several=True),
        ScaleQuestion("agree", "Do you agree?", "", False, options=POINTS),
        GridQuestion("safe", "How safe?", "", False, rows=OPTIONS[:2], points=POINTS),
        RankingQuestion("first", "What first?", "", False, options=OPTIONS, most=2),
        NumberQuestion("age", "How old?", "", False, lowest=0, unit="years"),
        NumberQuestion("change", "How much warmer?", "", False, decimals=1),
        DateQuestion("since", "Since when?", "", False, may_decline=True),
        TextQuestion("why", "Why?", "", False),
        TextQuestion("which-bus", "Which bus?", "", False, is_short=True, shown_if=only_bus),
        PostcodeQuestion("where", "Where do you live?", "", False),
        FileQuestion("evidence", "Send files", "", False, most=2),
        PlaceQuestion("spot", "Which place?", "", False, north=52, south=51, east=1, west=-1),
    ]
    if changed:
        questions = [each for each in questions if each.key != "age"]
    group = MonitoringQuestion("age-band", "Your age?", "", False, options=POINTS)
    return SurveyForm(
        (Step(1, "All", "", tuple(questions)), Step(2, "You", "", (declinable(group),)))
    )


ANSWERED = {
    "travel": ["bus"],
    "routes": ["bus", "other"],
    "routes--other": ["By canoe"],
    "agree": ["3"],
    "safe--bus": ["1"],
    "safe--walk": ["2"],
    "first--walk": ["1"],
    "first--bus": ["2"],
    "age": ["41"],
    "change": ["-1.5"],
    "since--day": ["29"],
    "since--month": ["2"],
    "since--year": ["2020"],
    "why": ["Because."],
    "which-bus": ["N29"],
    "where": ["SW1A 2AA"],
    "spot": ["By the lock"],
    "spot--point": ["51.5,-0.25"],
    "age-band": ["2"],
}
CELLS = {
    "travel": "bus",
    "travel__other__text": "[not asked]",
    "routes__bus": True,
    "routes__walk": False,
    "routes__other": True,
    "routes__other__text": "By canoe",
    "agree": "3",
    "safe__bus": "1",
    "safe__walk": "2",
    "first__1": "walk",
    "first__2": "bus",
    "age": 41,
    "change": -1.5,
    "since": date(2020, 2, 29),
    "why": "Because.",
    "which_bus": "N29",
    "where": "SW1A",
    "evidence__1": "a=b.pdf",
    "evidence__2": "[skipped]",
    "spot": "By the lock",
    "spot__latitude": 51.5,
    "spot__longitude": -0.25,
}


def answer(survey, form: SurveyForm, answers: dict[str, list[str]], **fields) -> Response:
    """Return a response with these fields of a form, recorded as a submission records them."""
    response = factories.make_response(survey, **fields)
    asked = form.on_the_way(answers).questions
    found, monitoring = answer_rows(response, asked, answers, date(2023, 1, 21))
    Answer.objects.bulk_create(found)
    MonitoringAnswer.objects.bulk_create(monitoring)
    return response


def send_file(response: Response, name: str = "a=b.pdf") -> SentFile:
    """Add a file to the answer to "evidence"."""
    at = response.submitted_at
    sent = SentFile(response=response, question="evidence", name=name, extension="pdf", came_at=at)
    sent.bytes, sent.sha256 = 3, "ab" * 32
    sent.file.name = f"answers/{name}"
    sent.save()
    key = {"response": response, "question": "evidence"}
    row, _ = Answer.objects.get_or_create(**key)
    row.choices = [*row.choices, str(sent.pk)]
    row.save()
    return sent


def laid_out(form: SurveyForm) -> Layout:
    """Return the layout of responses of which no version is known."""
    return layout_of({None: form}, {None: ""})


def cells_of(layout: Layout) -> list[dict[str, object]]:
    """Return the rows of all responses as the cells they say, marks for what is missing."""
    names = [column.name for column in layout.columns]
    return [
        {name: _said(cell) for name, cell in zip(names, row, strict=True)}
        for row in rows(layout, Response.objects.all())
    ]


def _said(cell: object) -> object:
    return getattr(cell, "mark", cell)


def out_file(folder: Path, name: str) -> Path:
    """Return where a test writes a file."""
    folder.mkdir(exist_ok=True)
    return folder / name
