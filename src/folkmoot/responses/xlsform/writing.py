"""A survey as an XLSForm workbook: sheets survey, choices and settings.

Each step is a group shown on one screen, its introduction a note. What XLSForm has no word for
stands in columns of our own (see `columns`). Source: https://xlsform.org/en/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.responses.questions import (
    DECLINED,
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    ScaleQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    field_name,
)
from folkmoot.responses.xlsform.columns import (
    CHOICE_COLUMNS,
    CONSENT,
    GRID,
    KIND_COLUMN,
    MINUTES,
    MONITORING,
    MORE_COLUMN,
    PLACE,
    POSTCODE,
    SCALE,
    SETTING_COLUMNS,
    STEP,
    SURVEY_COLUMNS,
    more,
)
from folkmoot.responses.xlsform.conditions import digits, expression_of
from folkmoot.responses.xlsform.rich import markdown
from folkmoot.responses.xlsform.sheets import CHOICES, SETTINGS, SURVEY, write_sheets

PICTURES = {"jpg", "jpeg", "png", "gif", "webp", "heic"}


def write_workbook(
    form: SurveyForm,
    *,
    title: str,
    name: str,
    version: str,
    minutes: int | None = None,
    consent: str = "",
    introductions: Mapping[int, str] | None = None,
) -> bytes:
    """Return the bytes of a workbook that asks what a survey asks.

    `name` and `version` are those that ODK and Kobo tell forms apart by. `introductions` hold the
    HTML of each step by its number, with whole addresses in its links; `consent` is HTML too.
    The same survey gives the same bytes.
    """
    writer = _Writer(form)
    for step in form.steps:
        writer.step(step, (introductions or {}).get(step.number, ""))
    settings = {
        "form_title": title,
        "form_id": name,
        "version": version,
        "style": "pages",
        MINUTES: str(minutes or ""),
        CONSENT: consent,
    }
    return write_sheets(
        {
            SURVEY: (SURVEY_COLUMNS, writer.rows),
            CHOICES: (CHOICE_COLUMNS, writer.choices),
            SETTINGS: (SETTING_COLUMNS, [settings]),
        }
    )


@dataclass(slots=True)
class _Writer:
    """Rows of the sheets, as they come."""

    form: SurveyForm
    rows: list[dict[str, str]] = field(default_factory=list)
    choices: list[dict[str, str]] = field(default_factory=list)
    lists: dict[tuple[Option, ...], str] = field(default_factory=dict)
    parts: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = {part.key: part for part in (*self.form.questions, *self.form.parts)}

    def step(self, step: Step, introduction: str) -> None:
        """Write a step as a group on one screen."""
        name = f"step-{step.number}"
        self.row(
            "begin_group",
            name,
            label=step.title,
            relevant=expression_of(step.shown_if, self.parts.get),
            appearance="field-list",
            kind=STEP,
        )
        if text := markdown(introduction):
            self.row("note", f"{name}-introduction", label=text)
        for question in step.questions:
            self.question(question)
        self.row("end_group", name)

    def row(self, type_: str, name: str, *, kind: str = "", more: str = "", **cells: str) -> None:
        """Write one row; cells that are empty are left out."""
        row = {"type": type_, "name": name, **cells, KIND_COLUMN: kind, MORE_COLUMN: more}
        self.rows.append({column: text for column, text in row.items() if text})

    def question(self, question: Question) -> None:
        """Write a question, and the fields beside it as rows of their own."""
        match question:
            case GridQuestion():
                self._grid(question)
            case ChoiceQuestion():
                self._choice(question)
            case RankingQuestion():
                list_name = self._list(question.key, question.options)
                self._plain(question, f"rank {list_name}", more=more(most=question.most))
            case NumberQuestion():
                self._number(question)
            case DateQuestion():
                limits = (
                    f". >= date('{question.earliest}')" if question.earliest else "",
                    f". <= date('{question.latest}')" if question.latest else "",
                )
                self._plain(question, "date", constraint=_all(limits))
            case PostcodeQuestion():
                said = more(whole=question.is_whole)
                self._plain(question, "text", kind=POSTCODE, more=said)
            case FileQuestion():
                self._file(question)
            case PlaceQuestion():
                self._place(question)
            case TextQuestion():
                self._plain(
                    question,
                    "text",
                    appearance="" if question.is_short else "multiline",
                    more=more(
                        words_guide=question.words_guide,
                        not_quoted=not question.may_be_quoted,
                    ),
                )
            case _:
                raise ValueError(f"{type(question).__name__} has no place in an XLSForm.")
        if question.may_decline and not isinstance(question, ChoiceQuestion | GridQuestion):
            self._declining(question)

    def _plain(
        self, question: Question, type_: str, *, kind: str = "", more: str = "", **cells: str
    ) -> None:
        beside = "; ".join(part for part in (_sensitive(question), more) if part)
        required = "yes" if question.required else ""
        if required and question.may_decline and not isinstance(question, ChoiceQuestion):
            declined = field_name(question.key, DECLINED)
            required = f"not(selected(${{{declined}}}, '{PREFER_NOT_TO_SAY}'))"
        self.row(
            type_,
            question.key,
            label=question.title,
            hint=question.hint,
            guidance_hint=question.why,
            required=required,
            relevant=expression_of(question.shown_if, self.parts.get),
            kind=kind,
            more=beside,
            **cells,
        )

    def _declining(self, question: Question) -> None:
        declining = (Option(PREFER_NOT_TO_SAY, "Prefer not to say"),)
        self.row(
            f"select_multiple {self._list(DECLINED, declining)}",
            field_name(question.key, DECLINED),
            label="Or tick here",
            relevant=expression_of(question.shown_if, self.parts.get),
        )

    def _choice(self, question: ChoiceQuestion) -> None:
        list_name = self._list(question.key, question.options)
        limits = (
            f"count-selected(.) >= {question.least}" if question.least else "",
            f"count-selected(.) <= {question.most}" if question.most else "",
            *(
                f"not(selected(., '{option.code}') and count-selected(.) > 1)"
                for option in question.options
                if option.is_exclusive and question.several
            ),
        )
        is_scale, is_monitoring = (
            isinstance(question, kind) for kind in (ScaleQuestion, MonitoringQuestion)
        )
        self._plain(
            question,
            f"{'select_multiple' if question.several else 'select_one'} {list_name}",
            constraint=_all(limits),
            appearance="likert" if is_scale else "minimal" if question.as_list else "",
            kind=SCALE if is_scale else MONITORING if is_monitoring else "",
            # Where several may be chosen the constraint says it.
            more=more(
                exclusive=not question.several
                and " ".join(
                    option.code
                    for option in question.options
                    if option.is_exclusive and option.code != PREFER_NOT_TO_SAY
                )
            ),
        )
        for option in question.options:
            if option.asks_text:
                self.row(
                    "text",
                    field_name(question.key, option.code),
                    label=f"{option.label}: please say",
                    relevant=f"selected(${{{question.key}}}, '{option.code}')",
                )

    def _grid(self, question: GridQuestion) -> None:
        parts = question.parts
        points = parts[0].options if parts and isinstance(parts[0], ChoiceQuestion) else ()
        list_name = self._list(question.key, points or question.points)
        self.row(
            "begin_group",
            question.key,
            label=question.title,
            hint=question.hint,
            guidance_hint=question.why,
            relevant=expression_of(question.shown_if, self.parts.get),
            appearance="table-list",
            kind=GRID,
            more="; ".join(
                part for part in (_sensitive(question), more(decline=question.may_decline)) if part
            ),
        )
        for row in question.rows:
            self.row(
                f"select_one {list_name}",
                field_name(question.key, row.code),
                label=row.label,
                required="yes" if question.required else "",
            )
        self.row("end_group", question.key)

    def _number(self, question: NumberQuestion) -> None:
        limits = (
            f". >= {digits(question.lowest)}" if question.lowest is not None else "",
            f". <= {digits(question.highest)}" if question.highest is not None else "",
        )
        self._plain(
            question,
            "decimal" if question.decimals else "integer",
            constraint=_all(limits),
            more=more(decimals=question.decimals or None, unit=question.unit),
        )

    def _file(self, question: FileQuestion) -> None:
        self._plain(
            question,
            "image" if set(question.extensions) <= PICTURES else "file",
            more=more(
                extensions=" ".join(question.extensions),
                megabytes=question.megabytes,
                most=question.most,
            ),
        )

    def _place(self, question: PlaceQuestion) -> None:
        edges = {
            name: digits(getattr(question, name))
            for name in ("north", "south", "east", "west")
            if getattr(question, name)
        }
        self._plain(question, "text", kind=PLACE, more=more(picture=question.picture, **edges))
        self.row(
            "geopoint",
            field_name(question.key, "point"),
            label=f"{question.title} (on the map)",
            relevant=expression_of(question.shown_if, self.parts.get),
        )

    def _list(self, key: str, options: Sequence[Option]) -> str:
        """Return the name of a list of choices, written once however many questions use it."""
        said = tuple(Option(option.code, option.label) for option in options)
        if said in self.lists:
            return self.lists[said]
        self.lists[said] = key
        for option in said:
            cells = {"list_name": key, "name": option.code, "label": option.label}
            self.choices.append(cells)
        return key


def _sensitive(question: Question) -> str:
    return more(sensitive=question.sensitive)


def _all(limits: Sequence[str]) -> str:
    return " and ".join(limit for limit in limits if limit)
