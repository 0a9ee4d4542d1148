"""Every kind of question, as an officer edits it."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.routing import KEY, shown_if


class OptionBlock(blocks.StructBlock):
    """One option of a closed question."""

    code = blocks.CharBlock(max_length=60, validators=[KEY])
    label = blocks.CharBlock(max_length=200)


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
    shown_if = shown_if()


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
