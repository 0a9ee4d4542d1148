"""One row of the sheet survey as a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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
    TextQuestion,
    declinable,
    field_name,
)
from folkmoot.responses.xlsform.columns import (
    KIND_COLUMN,
    MONITORING,
    MORE_COLUMN,
    PLACE,
    POSTCODE,
    SCALE,
    read_more,
)
from folkmoot.responses.xlsform.findings import Finding
from folkmoot.responses.xlsform.limits import Limits, limits_of
from folkmoot.responses.xlsform.lists import ChoiceLists
from folkmoot.responses.xlsform.names import code_of, distinct
from folkmoot.responses.xlsform.sheets import SURVEY, Row
from folkmoot.responses.xlsform.tongues import Tongue
from folkmoot.responses.xlsform.types import QUESTIONS, Type, type_of

LONGEST_TITLE = LONGEST_HINT = 300
OTHER = Option("other", "Other", asks_text=True)
PICTURES = ("jpg", "png")
_PARAMETER = re.compile(r"(\w[\w-]*)\s*=\s*(\"[^\"]*\"|[^\s;,]+)")


@dataclass(slots=True)
class Taker:
    """Makes questions of rows, and tells what of them has no place."""

    lists: ChoiceLists
    tongue: Tongue
    findings: list[Finding]

    def question(self, row: Row, kind: Type, key: str) -> Question | None:
        """Return the question of a row; None, and a finding, where there is none."""
        if kind.name not in QUESTIONS:
            self.find(
                row,
                "type",
                f"“{kind.written[:60]}” is no type of question that is known: the row is left out.",
            )
            return None
        more = read_more(row[MORE_COLUMN])
        common = self._common(row, key, more)
        if kind.list_name or kind.name in {"select_one", "select_multiple", "rank"}:
            return self._closed(row, kind, common, more)
        match kind.name:
            case "integer" | "decimal":
                decimals = 0 if kind.name == "integer" else _whole(more.get("decimals"), 2)
                limits = self._limits(row, "number", decimals)
                return NumberQuestion(
                    **common,
                    lowest=limits.lowest,
                    highest=limits.highest,
                    decimals=decimals,
                    unit=more.get("unit", "")[:30],
                )
            case "range":
                return self._range(row, common)
            case "date":
                limits = self._limits(row, "date")
                return DateQuestion(**common, earliest=limits.earliest, latest=limits.latest)
            case "geopoint":
                return PlaceQuestion(**common)
            case "file" | "image":
                return self._file(row, kind, common, more)
        return self._text(row, common, more)

    def table(
        self, group: Row, rows: list[Row], key: str
    ) -> tuple[GridQuestion | RankingQuestion, list[Row]] | None:
        """Return the question that a group shown as a table is, and the rows of its statements."""
        more = read_more(group[MORE_COLUMN])
        kept: list[Row] = []
        required: list[bool] = []
        if type_of(group["type"]).name == "begin_rank":
            return self._kobo_ranking(group, rows, key, more)
        list_name = group["kobo--score-choices"]
        for row in rows:
            kind = type_of(row["type"])
            list_name = list_name or kind.list_name
            is_label = "label" in row["appearance"].split()
            is_statement = kind.name in {"select_one", "score__row"}
            if is_label or not is_statement or (kind.list_name or list_name) != list_name:
                if not is_label:
                    self.find(
                        row,
                        "type",
                        "in a table only questions with one list of choices can "
                        "stand: this row is left out.",
                    )
                continue
            if row["relevant"]:
                self.find(
                    row,
                    "relevant",
                    "the statements of a table are all shown together: this condition is left out.",
                )
            kept.append(row)
            required.append(self._is_required(row, key))
        points = tuple(self.lists.options.get(list_name, ()))
        if not kept or len(points) < 2:
            self.find(
                group,
                "type",
                "this table has no statement, or fewer than two choices for them: it is left out.",
            )
            return None
        may_decline = bool(more.get("decline")) or any(
            point.code == PREFER_NOT_TO_SAY for point in points
        )
        points = tuple(point for point in points if point.code != PREFER_NOT_TO_SAY)
        codes: list[str] = []
        for row in kept:
            name = row["name"].removeprefix(f"{group['name']}--")
            codes.append(distinct(code_of(name), codes))
        statements = tuple(
            Option(code, self._label(row)[:200]) for code, row in zip(codes, kept, strict=True)
        )
        common = self._common(group, key, more) | {
            "required": all(required),
            "may_decline": may_decline,
        }
        return GridQuestion(**common, rows=statements, points=points), kept

    def find(self, row: Row, column: str, sentence: str, *, fault: bool = False) -> None:
        """Add a finding about a cell."""
        self.findings.append(Finding(sentence, SURVEY, row.number, column, fault))

    def _common(self, row: Row, key: str, more: Mapping[str, str]) -> dict[str, Any]:
        hint = self.tongue.plain(row, "hint")
        why = self.tongue.plain(row, "guidance_hint")
        for column, text in (("hint", hint), ("guidance_hint", why)):
            if len(text) > LONGEST_HINT:
                self.find(
                    row,
                    column,
                    f"a hint has at most {LONGEST_HINT} characters and this has "
                    f"{len(text)}: shorten it, or write it as a note.",
                    fault=True,
                )
        return {
            "key": key,
            "title": self._label(row),
            "hint": hint,
            "why": why,
            "required": self._is_required(row, key),
            "sensitive": bool(more.get("sensitive")),
        }

    def _label(self, row: Row) -> str:
        label = self.tongue.plain(row, "label")
        if not label:
            label = row["name"].replace("_", " ").replace("-", " ").capitalize() or "Question"
            self.find(row, "label", f"there are no words here: the name stands in, “{label}”.")
        if len(label) > LONGEST_TITLE:
            self.find(
                row,
                "label",
                f"a question has at most {LONGEST_TITLE} characters and this has "
                f"{len(label)}: shorten it, and write the rest as a note before it.",
                fault=True,
            )
        return label

    def _is_required(self, row: Row, key: str) -> bool:
        said = row["required"].strip().lower()
        if said in {"", "no", "false", "false()"}:
            return False
        if said in {"yes", "true", "true()"}:
            return True
        if f"${{{field_name(row['name'], DECLINED)}}}" in said:
            return True
        self.find(
            row,
            "required",
            f"“{row['required']}” makes an answer needed in some cases only; "
            "here it is not needed.",
        )
        return False

    def _limits(self, row: Row, kind: str, decimals: int = 0) -> Limits:
        limits = limits_of(row["constraint"], kind, decimals)
        if limits.left:
            self.find(
                row,
                "constraint",
                f"the rule “{' and '.join(limits.left)}” is left out: there "
                "is no counterpart here.",
            )
        return limits

    def _closed(
        self, row: Row, kind: Type, common: dict[str, Any], more: Mapping[str, str]
    ) -> Question | None:
        options = list(self.lists.options.get(kind.list_name, ()))
        if not options:
            self.find(
                row,
                "type",
                f"there is no list {kind.list_name or ''} in the sheet choices: add "
                "it, or correct its name here.",
                fault=True,
            )
            return None
        if kind.or_other:
            options = [option for option in options if option.code != OTHER.code] + [OTHER]
        if len(options) < 2 and row[KIND_COLUMN] != MONITORING:
            self.find(
                row,
                "type",
                f"the list {kind.list_name} has one choice only, and a question "
                "here has two at least: add one.",
                fault=True,
            )
            return None
        if kind.name == "rank":
            self._limits(row, "rank")
            return RankingQuestion(
                **common, options=tuple(options), most=_whole(more.get("most"), None)
            )
        several = kind.name == "select_multiple"
        limits = self._limits(row, "several" if several else "one")
        alone = {code_of(each) for each in limits.exclusive} | set(
            more.get("exclusive", "").split()
        )
        is_declining = PREFER_NOT_TO_SAY in {option.code for option in options}
        made = tuple(
            replace(option, is_exclusive=option.code in alone or option.code == PREFER_NOT_TO_SAY)
            for option in options
        )
        common |= {"options": made, "may_decline": is_declining}
        if row[KIND_COLUMN] == MONITORING:
            common |= {"required": False, "may_decline": True}
            return declinable(MonitoringQuestion(**common, several=several))
        appearance = row["appearance"].split()
        if not several and (row[KIND_COLUMN] == SCALE or "likert" in appearance):
            return ScaleQuestion(**common)
        return ChoiceQuestion(
            **common,
            several=several,
            least=limits.least,
            most=limits.most,
            as_list=not several and bool({"minimal", "autocomplete"} & set(appearance)),
        )

    def _range(self, row: Row, common: dict[str, Any]) -> Question:
        said = dict(_PARAMETER.findall(row["parameters"]))
        try:
            lowest, highest = float(said.get("start", 0)), float(said.get("end", 10))
            step = said.get("step", "1")
            decimals = len(step.partition(".")[2].rstrip("0"))
        except ValueError:
            self.find(
                row,
                "parameters",
                "write start, end and step as numbers, such as start=0 end=10 step=1.",
                fault=True,
            )
            lowest, highest, decimals = 0.0, 10.0, 0
        return NumberQuestion(**common, lowest=lowest, highest=highest, decimals=decimals)

    def _file(
        self, row: Row, kind: Type, common: dict[str, Any], more: Mapping[str, str]
    ) -> Question:
        said: dict[str, Any] = {}
        if extensions := tuple(more.get("extensions", "").split()):
            said["extensions"] = extensions
        elif kind.name == "image":
            said["extensions"] = PICTURES
        if common["required"]:
            self.find(row, "required", "a file is never needed here: not everybody can send one.")
        return FileQuestion(
            **(common | {"required": False}),
            **said,
            megabytes=_whole(more.get("megabytes"), 10),
            most=_whole(more.get("most"), 1),
        )

    def _text(self, row: Row, common: dict[str, Any], more: Mapping[str, str]) -> Question:
        self._limits(row, "text")
        if row[KIND_COLUMN] == POSTCODE:
            return PostcodeQuestion(**common, is_whole=bool(more.get("whole")))
        if row[KIND_COLUMN] == PLACE:
            edges: dict[str, Any] = {
                name: float(more[name])
                for name in ("north", "south", "east", "west")
                if re.fullmatch(r"-?\d{1,3}(\.\d+)?", more.get(name, ""))
            }
            return PlaceQuestion(**common, picture=_whole(more.get("picture"), None), **edges)
        is_short = "multiline" not in row["appearance"].split()
        return TextQuestion(
            **common,
            is_short=is_short,
            words_guide=_whole(more.get("words_guide"), 150),
            may_be_quoted=not more.get("not_quoted") and (not is_short or MORE_COLUMN in row.cells),
        )

    def _kobo_ranking(
        self, group: Row, rows: list[Row], key: str, more: Mapping[str, str]
    ) -> tuple[RankingQuestion, list[Row]] | None:
        options = tuple(self.lists.options.get(group["kobo--rank-items"], ()))
        if len(options) < 2:
            self.find(
                group,
                "kobo--rank-items",
                "there is no such list in the sheet choices, or it has "
                "fewer than two choices: the ranking is left out.",
            )
            return None
        levels = [row for row in rows if type_of(row["type"]).name == "rank__level"]
        most = len(levels) if 0 < len(levels) < len(options) else None
        common = self._common(group, key, more)
        return RankingQuestion(**common, options=options, most=most), []


def _whole(written: str | None, otherwise: Any) -> Any:
    """Return a whole number of up to six digits; something else where there is none."""
    is_number = written is not None and written.isascii() and written.isdigit()
    return int(written) if is_number and len(str(written)) < 7 else otherwise  # type: ignore[arg-type]
