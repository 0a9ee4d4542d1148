"""The steps of a survey, as an officer edits them."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from folkmoot.responses.blocks.bank import MonitoringPageBlock
from folkmoot.responses.blocks.content import ContentBlock
from folkmoot.responses.blocks.naming import name_all
from folkmoot.responses.blocks.placing import error_in_place
from folkmoot.responses.blocks.questions import QuestionsBlock
from folkmoot.responses.blocks.routing import shown_if, when_shown
from folkmoot.responses.questions import form_of_steps
from folkmoot.responses.questions.faults import placed_faults


class StepBlock(blocks.StructBlock):
    """One page of a survey."""

    title = blocks.CharBlock(max_length=120)
    introduction = blocks.RichTextBlock(features=["bold", "link", "ul"], required=False)
    shown_if = shown_if("page")
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
        form_layout = ["title", "introduction", when_shown("page"), "content", "questions"]
        label_format = "{title}"


class StepsBlock(blocks.StreamBlock):
    """The steps of a survey, in order."""

    step = StepBlock()
    monitoring_page = MonitoringPageBlock()

    def clean(self, value: Any) -> Any:
        """Name what has no name, and refuse questions that cannot be asked, each in its place."""
        name_all(value)
        cleaned = super().clean(value)
        if found := placed_faults(form_of_steps(cleaned)):
            raise error_in_place(cleaned, found)
        return cleaned
