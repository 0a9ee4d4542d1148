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
        help_text="Key of an earlier question; of a grid its key, two hyphens and the statement.",
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


def shown_if() -> ShownIfBlock:
    """Return the block of a condition, empty where something is always shown."""
    return ShownIfBlock(
        required=False,
        label="Show only if all of these hold",
        help_text="Empty: it is always shown.",
    )
