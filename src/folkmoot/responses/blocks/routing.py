"""When a question or a step is shown, as an officer writes it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks

from folkmoot.responses.conditions import ANY_OF, OF_NUMBERS, OF_OPTIONS, TESTS, codes

# Two hyphens stand between a key and what is beside it, so no key has them.
KEY = RegexValidator(
    r"^[a-z](?:-?[a-z0-9])*\Z",
    "Use small letters, digits and single hyphens, and begin with a letter.",
)
CODE = RegexValidator(
    r"^[a-z0-9](?:-?[a-z0-9])*\Z",
    "Use small letters, digits and single hyphens.",
)
# A question, or one row of a grid: "streets" or "streets--lighting".
PART = RegexValidator(
    r"^[a-z](?:-?[a-z0-9])*(?:--[a-z0-9](?:-?[a-z0-9])*)?\Z",
    "Write the key of a question, or of a row of a grid as its key, two hyphens and the row.",
)
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


class RuleBlock(blocks.StructBlock):
    """One test of the answer to an earlier question."""

    question = blocks.CharBlock(
        max_length=124,
        validators=[PART],
        label="Earlier question",
        help_text="Only what stands above can be asked about.",
    )
    test = blocks.ChoiceBlock(choices=TESTS, default=ANY_OF, label="Its answer")
    value = blocks.CharBlock(max_length=300, required=False, label="These answers")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a test without what it compares with."""
        cleaned = super().clean(value)
        if not cleaned["question"]:
            raise blocks.StructBlockValidationError(
                {"question": ValidationError("Choose a question that stands above.")}
            )
        given = (cleaned["value"] or "").strip()
        if cleaned["test"] in OF_OPTIONS and not codes(given):
            fault = "Choose at least one answer."
        elif cleaned["test"] in OF_NUMBERS and not NUMBER.fullmatch(given):
            fault = "Write a number, such as 18."
        else:
            return cleaned
        raise blocks.StructBlockValidationError({"value": ValidationError(fault)})

    class Meta:
        icon = "help"
        label = "A condition"
        form_classname = "struct-block rule"


class ShownIfBlock(blocks.StreamBlock):
    """When a question or a step is shown: all of these must hold."""

    rule = RuleBlock()
    one_of = blocks.ListBlock(
        RuleBlock(), min_num=2, icon="list-ul", label="Several conditions: one is enough"
    )


def shown_if(what: str = "question") -> ShownIfBlock:
    """Return the block of a condition, empty where a question or a page is always shown."""
    return ShownIfBlock(
        required=False,
        label="Show only if all of these hold",
        help_text=f"None: everybody comes to this {what}.",
    )


def when_shown(what: str = "question") -> blocks.BlockGroup:
    """Return the part of an editor, closed at first, that holds the condition."""
    return blocks.BlockGroup(
        ["shown_if"], heading=f"When this {what} is shown", icon="view", classname="collapsed"
    )
