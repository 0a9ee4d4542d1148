"""The steps of a survey, as an officer edits them."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.questions import QuestionsBlock
from folkmoot.responses.blocks.routing import shown_if


class StepBlock(blocks.StructBlock):
    """One page of a survey."""

    title = blocks.CharBlock(max_length=120)
    introduction = blocks.RichTextBlock(features=["bold", "link", "ul"], required=False)
    shown_if = shown_if()
    questions = QuestionsBlock(required=False)

    class Meta:
        icon = "form"


class StepsBlock(blocks.StreamBlock):
    """The steps of a survey, in order."""

    step = StepBlock()
