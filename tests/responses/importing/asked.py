"""A survey's form with a question of every kind that a file can answer, and files read by it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from folkmoot.responses.importing import (
    ColumnMapping,
    Preview,
    ReadRow,
    preview,
    propose,
    read_rows,
)
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PostcodeQuestion,
    RankingQuestion,
    Step,
    SurveyForm,
    TextQuestion,
)

AT = datetime(2022, 2, 1, 12, tzinfo=UTC)
OTHER = Option("other", "Other, please say", asks_text=True)
FORM = SurveyForm(
    (
        Step(
            1,
            "All",
            "",
            (
                ChoiceQuestion(
                    "agree",
                    "Do you agree with the plan?",
                    "",
                    True,
                    options=(Option("yes", "Yes"), Option("no", "No")),
                ),
                ChoiceQuestion(
                    "travel",
                    "How do you travel?",
                    "",
                    False,
                    options=(
                        Option("bus", "Bus"),
                        Option("bike", "Bike, or e-bike"),
                        Option("none", "None of these", is_exclusive=True),
                        OTHER,
                    ),
                    several=True,
                    most=2,
                ),
                TextQuestion("change", "What would you change?", "", False),
                GridQuestion(
                    "trust",
                    "How much do you trust these?",
                    "",
                    False,
                    rows=(Option("police", "The police"), Option("council", "The council")),
                    points=(Option("lot", "A lot"), Option("not", "Not at all")),
                ),
                RankingQuestion(
                    "first",
                    "What should come first?",
                    "",
                    False,
                    options=(Option("roads", "Roads"), Option("parks", "Parks")),
                ),
                NumberQuestion("years", "How many years have you lived here?", "", False),
                DateQuestion("since", "When did you move here?", "", False),
                PostcodeQuestion("where", "What is your postcode?", "", False),
            ),
        ),
    )
)


def seen(content: str | bytes, name: str = "export.csv", dialect: str = "") -> Preview:
    return preview(io.BytesIO(_bytes(content)), name, dialect)


def proposed(content: str | bytes) -> ColumnMapping:
    found = seen(content)
    mapping, _ = propose(
        FORM, found.dialect, found.headings, found.sample, received_at=AT.isoformat()
    )
    return mapping


def read(
    content: str | bytes, mapping: ColumnMapping | None = None, name: str = "export.csv"
) -> list[ReadRow]:
    """Return the rows of a file, read as is proposed for it, or by a mapping."""
    file = io.BytesIO(_bytes(content))
    found = preview(file, name)
    mapping = mapping or proposed(content)
    rows = read_rows(file, name, found.dialect.key, FORM, mapping, at=AT, zone=UTC)
    return list(rows)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
