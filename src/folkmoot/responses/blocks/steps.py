"""The steps of a survey, as an officer edits them."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.bank import MonitoringPageBlock
from folkmoot.responses.blocks.content import ContentBlock
from folkmoot.responses.blocks.questions import QuestionsBlock
from folkmoot.responses.blocks.routing import shown_if


class StepBlock(blocks.StructBlock):
    """One page of a survey."""

    title = blocks.CharBlock(max_length=120)
    introduction = blocks.RichTextBlock(features=["bold", "link", "ul"], required=False)
    shown_if = shown_if()
    content = ContentBlock(
        required=False,
        label="To read first",
        help_text="Evidence, a section of the plan, a figure. A page may be made of it alone.",
    )
    questions = QuestionsBlock(
        required=False, help_text="None: the page is there to be read, and has no question."
    )

    class Meta:
        icon = "form"
        label = "Page of questions, or of information"


class StepsBlock(blocks.StreamBlock):
    """The steps of a survey, in order."""

    step = StepBlock()
    monitoring_page = MonitoringPageBlock()
