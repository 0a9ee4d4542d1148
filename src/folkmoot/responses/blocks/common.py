"""What every question and every option has, as an officer edits it."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.routing import CODE, KEY, shown_if


class PlainOptionBlock(blocks.StructBlock):
    """One option, point or statement: its code in exports, and its words."""

    code = blocks.CharBlock(
        max_length=60, validators=[CODE], help_text="What exports call it; never changed."
    )
    label = blocks.CharBlock(max_length=200)


class OptionBlock(PlainOptionBlock):
    """One option of a closed question."""

    is_exclusive = blocks.BooleanBlock(
        required=False, label="Goes with no other answer, such as “None of these”"
    )
    asks_text = blocks.BooleanBlock(
        required=False, label="Has a field to write in, such as “Other, please say”"
    )


class QuestionBlock(blocks.StructBlock):
    """What every question has."""

    key = blocks.CharBlock(
        max_length=60, validators=[KEY], help_text="Name of its column in exports; never changed."
    )
    title = blocks.CharBlock(max_length=300, label="Question")
    hint = blocks.CharBlock(max_length=300, required=False, label="Help text")
    why = blocks.CharBlock(
        max_length=300, required=False, label="Why we ask", help_text="Shown under the question."
    )
    required = blocks.BooleanBlock(required=False, label="An answer is needed")
    may_decline = blocks.BooleanBlock(required=False, label="Offer “Prefer not to say”")
    sensitive = blocks.BooleanBlock(
        required=False, help_text="The organisations that help are shown under it."
    )
    shown_if = shown_if()
