"""Questions answered by choosing, as an officer edits them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from wagtail import blocks

from folkmoot.responses.blocks.common import OptionBlock, PlainOptionBlock, QuestionBlock
from folkmoot.responses.questions.areas import area_options
from folkmoot.responses.questions.scales import NAMES, OWN

FEWEST = 2


class ChoiceBlock(QuestionBlock):
    """A closed question with one answer, or several where `several` is ticked."""

    SELDOM = ("least", "most", "as_list")

    several = blocks.BooleanBlock(required=False, label="More than one answer")
    least = blocks.IntegerBlock(
        required=False,
        min_value=0,
        label="At least how many answers",
        help_text="Only with more than one answer. Empty: no limit.",
    )
    most = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label="At most how many answers",
        help_text="Only with more than one answer. Empty: no limit.",
    )
    as_list = blocks.BooleanBlock(
        required=False,
        label="Show as a drop-down list",
        help_text="For one answer among many; buttons are easier to use up to about ten.",
    )
    options = blocks.ListBlock(OptionBlock(), min_num=FEWEST)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse limits that nobody can keep, and options that cannot be told apart."""
        cleaned = super().clean(value)
        least, most, options = cleaned["least"] or 0, cleaned["most"], cleaned["options"]
        wrong = {}
        if not cleaned["several"]:
            if least or most:
                wrong["most" if most else "least"] = (
                    "This question takes one answer: tick “More than one answer”, or take the "
                    "limit out."
                )
            exclusive = [each["label"] for each in options if each.get("is_exclusive")]
            if exclusive:
                wrong["options"] = (
                    f"“{exclusive[0]}” goes with no other answer, which means nothing where only "
                    "one answer is taken: untick it there, or tick “More than one answer”."
                )
        elif cleaned["as_list"]:
            wrong["as_list"] = "A drop-down list takes one answer: untick one of the two."
        if most is not None and least > most:
            wrong["least"] = (
                f"At least {least} and at most {most} cannot both hold: change one of them."
            )
        together = sum(not each.get("is_exclusive") for each in options)
        if least > together:
            wrong["least"] = (
                f"At least {least} answers are asked for and only {together} can be chosen "
                "together: offer more options or ask for fewer."
            )
        wrong |= repeated_codes("options", (each["code"] for each in options))
        refuse(wrong)
        return cleaned

    class Meta:
        icon = "radio-full"
        label = "Choice: one answer or several"


class ScaledBlock(QuestionBlock):
    """What every question on a scale has."""

    scale = blocks.ChoiceBlock(choices=NAMES, default="agreement", label="Points")
    points = blocks.ListBlock(
        PlainOptionBlock(),
        min_num=0,
        default=[],
        label="Own points, in order",
        help_text="Only where “My own points” is chosen above; give each point its words.",
    )
    do_not_know = blocks.BooleanBlock(required=False, label="Offer “Do not know” after the points")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse own points that are missing, or written where a ready scale is chosen."""
        cleaned = super().clean(value)
        points = cleaned["points"]
        wrong = {}
        if cleaned["scale"] == OWN and len(points) < FEWEST:
            wrong["points"] = "A scale has at least two points: write them in order."
        elif cleaned["scale"] != OWN and len(points):
            wrong["points"] = (
                "A ready scale is chosen above, so these points would not be shown: choose “My own "
                "points”, or take them out."
            )
        refuse(wrong | repeated_codes("points", (each["code"] for each in points)))
        return cleaned


class ScaleBlock(ScaledBlock):
    """A statement or a thing put on a scale of labelled points."""

    class Meta:
        icon = "sliders"
        label = "Scale"


class GridBlock(ScaledBlock):
    """Several statements, each put on the same scale."""

    FIRST = (*ScaledBlock.FIRST, "rows")

    rows = blocks.ListBlock(
        PlainOptionBlock(label="Statement"),
        min_num=1,
        label="Statements",
        help_text="Each is answered, exported and counted as a question of its own.",
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse statements that cannot be told apart."""
        cleaned = super().clean(value)
        refuse(repeated_codes("rows", (each["code"] for each in cleaned["rows"])))
        return cleaned

    class Meta:
        icon = "table"
        label = "Grid: several statements on one scale"


class RankingBlock(QuestionBlock):
    """Options to put in order."""

    options = blocks.ListBlock(PlainOptionBlock(), min_num=FEWEST)
    most = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label="Rank only the first",
        help_text="How many are put in order, such as 3. Empty: as many as somebody wants to.",
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse more ranks than there are options, and options that cannot be told apart."""
        cleaned = super().clean(value)
        wrong = repeated_codes("options", (each["code"] for each in cleaned["options"]))
        if (cleaned["most"] or 0) > len(cleaned["options"]):
            wrong["most"] = (
                f"Only {len(cleaned['options'])} options are offered: rank no more than that."
            )
        refuse(wrong)
        return cleaned

    class Meta:
        icon = "list-ol"
        label = "Ranking"


class AreaBlock(QuestionBlock):
    """An area to choose from a list, such as a borough."""

    areas = blocks.TextBlock(
        help_text="One name on a line. For a code of its own write “Name | code”.",
        rows=8,
    )
    elsewhere = blocks.BooleanBlock(
        required=False, default=True, label="Offer “Somewhere else”, with a field to say where"
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse fewer than two areas, and areas that cannot be told apart."""
        cleaned = super().clean(value)
        options = area_options(cleaned["areas"])
        wrong = repeated_codes("areas", (each.code for each in options))
        if len(options) < FEWEST:
            wrong["areas"] = "Write at least two areas, one on a line."
        if nameless := [each.label for each in options if not each.code]:
            wrong["areas"] = (
                f"No code can be made of “{nameless[0]}”: write “{nameless[0]} | code” with small "
                "letters, digits and hyphens."
            )
        refuse(wrong)
        return cleaned

    class Meta:
        icon = "site"
        label = "Area from a list"


class MonitoringBlock(QuestionBlock):
    """An equality question: always optional, always with "prefer not to say"."""

    FIRST = (*QuestionBlock.FIRST, "why")
    OF_ALL = ("sensitive", "key")

    why = blocks.CharBlock(max_length=300, label="Why we ask")
    may_decline = None
    options = blocks.ListBlock(OptionBlock(), min_num=FEWEST)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse options that cannot be told apart."""
        cleaned = super().clean(value)
        refuse(repeated_codes("options", (each["code"] for each in cleaned["options"])))
        return cleaned

    class Meta:
        icon = "group"
        label = "Equality question"


def repeated_codes(field: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the error of a field whose codes come twice; none where they differ."""
    seen: set[str] = set()
    for code in codes:
        if code and code in seen:
            return {field: f"Two of these have the code '{code}': give each a code of its own."}
        seen.add(code)
    return {}


def refuse(wrong: dict[str, str]) -> None:
    """Raise the errors of a block by its fields; nothing where there are none."""
    if wrong:
        errors = {name: ValidationError(sentence) for name, sentence in wrong.items()}
        raise blocks.StructBlockValidationError(errors)
