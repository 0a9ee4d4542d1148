"""Steps and questions of a survey, as an officer edits them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks

from folkmoot.responses.conditions import ANY_OF, OF_NUMBERS, OF_OPTIONS, TESTS, codes

KEY = RegexValidator(r"^[a-z][a-z0-9-]{0,58}$", "Use small letters, digits and hyphens only.")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


class OptionBlock(blocks.StructBlock):
    """One option of a closed question."""

    code = blocks.CharBlock(max_length=60, validators=[KEY])
    label = blocks.CharBlock(max_length=200)


class RuleBlock(blocks.StructBlock):
    """One test of the answer to an earlier question."""

    question = blocks.CharBlock(
        max_length=60, validators=[KEY], help_text="Key of an earlier question."
    )
    test = blocks.ChoiceBlock(choices=TESTS, default=ANY_OF)
    value = blocks.CharBlock(
        max_length=300,
        required=False,
        help_text="Codes of its options with commas between them, or a number.",
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a test without what it compares with."""
        cleaned = super().clean(value)
        given = (cleaned["value"] or "").strip()
        if cleaned["test"] in OF_OPTIONS and not codes(given):
            fault = "Write the code of at least one option, such as yes."
        elif cleaned["test"] in OF_NUMBERS and not NUMBER.fullmatch(given):
            fault = "Write a number, such as 18."
        else:
            return cleaned
        raise blocks.StructBlockValidationError({"value": ValidationError(fault)})

    class Meta:
        icon = "help"
        label = "This holds"


class ShownIfBlock(blocks.StreamBlock):
    """When a question or a step is shown: all of these must hold."""

    rule = RuleBlock()
    one_of = blocks.ListBlock(RuleBlock(), min_num=2, icon="list-ul", label="One of these holds")


def _shown_if() -> ShownIfBlock:
    return ShownIfBlock(
        required=False,
        label="Show only if all of these hold",
        help_text="Empty: it is always shown.",
    )


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    key = blocks.CharBlock(
        max_length=60, validators=[KEY], help_text="Name of its column in exports; never changed."
    )
    title = blocks.CharBlock(max_length=300, label="Question")
    hint = blocks.CharBlock(max_length=300, required=False)
    required = blocks.BooleanBlock(required=False)
    sensitive = blocks.BooleanBlock(
        required=False, help_text="The organisations that help are shown under it."
    )
    shown_if = _shown_if()


class ChoiceBlock(QuestionBlock):
    """A closed question with one answer, or several where `several` is ticked."""

    several = blocks.BooleanBlock(required=False, label="More than one answer")
    options = blocks.ListBlock(OptionBlock(), min_num=2)

    class Meta:
        icon = "radio-full"
        label = "Closed question"


class TextBlock(QuestionBlock):
    """A question answered in the respondent's own words."""

    words_guide = blocks.IntegerBlock(
        default=150, min_value=10, max_value=5000, help_text="A guide, never a limit."
    )
    may_be_quoted = blocks.BooleanBlock(required=False, default=True)

    class Meta:
        icon = "pilcrow"
        label = "Free-text question"


class MonitoringBlock(QuestionBlock):
    """An equality question: always optional, always with "prefer not to say"."""

    why = blocks.CharBlock(max_length=300, label="Why we ask")
    options = blocks.ListBlock(OptionBlock(), min_num=2)

    class Meta:
        icon = "group"
        label = "Equality question"


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a step."""

    choice = ChoiceBlock()
    text = TextBlock()
    monitoring = MonitoringBlock()


class StepBlock(blocks.StructBlock):
    """One page of a survey."""

    title = blocks.CharBlock(max_length=120)
    introduction = blocks.RichTextBlock(features=["bold", "link", "ul"], required=False)
    shown_if = _shown_if()
    questions = QuestionsBlock(required=False)

    class Meta:
        icon = "form"


class StepsBlock(blocks.StreamBlock):
    """The steps of a survey, in order."""

    step = StepBlock()
