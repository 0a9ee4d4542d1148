"""Questions from the bank, as an officer chooses them."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple
from wagtail import blocks

from folkmoot.responses.blocks.closed import FEWEST, refuse, repeated_codes
from folkmoot.responses.blocks.routing import shown_if, when_shown
from folkmoot.responses.questions.areas import area_options
from folkmoot.responses.questions.bank import CHOICES

AREA = "area"
AREAS_ARE = (
    ("borough", "Boroughs: “Which borough do you live in?”"),
    ("district", "Postcode districts: “What is the first part of your postcode?”"),
    ("ward", "Wards: “Which ward do you live in?”"),
    ("area", "Other areas: “Which area do you live in?”"),
)
INTRODUCTION = (
    "<p>These questions tell us whether we have heard from all sorts of people. Each is optional, "
    "and your answers here are kept apart from what you wrote on other pages.</p>"
)


def _areas_are() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=AREAS_ARE, default="borough", label="The areas are")


def _areas() -> blocks.TextBlock:
    return blocks.TextBlock(
        required=False,
        rows=6,
        label="Areas",
        help_text=(
            "For the question about where people live: one name on a line. “Somewhere else” is "
            "added."
        ),
    )


class MonitoringPageBlock(blocks.StructBlock):
    """A page of equality questions, in the wording of the harmonised standards."""

    title = blocks.CharBlock(max_length=120, default="About you")
    introduction = blocks.RichTextBlock(
        features=["bold", "link", "ul"], required=False, default=INTRODUCTION
    )
    shown_if = shown_if("page")
    questions = blocks.MultipleChoiceBlock(
        choices=CHOICES,
        widget=CheckboxSelectMultiple,
        label="Ask about",
        help_text=(
            "Ask only what you will use. Each offers “Prefer not to say”; all stand under one box "
            "to tick, without which no answer is kept."
        ),
    )
    areas_are = _areas_are()
    areas = _areas()

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a question about where people live without areas, and areas without it."""
        cleaned = super().clean(value)
        refuse(_area_errors(cleaned, asks_area=AREA in cleaned["questions"]))
        return cleaned

    class Meta:
        icon = "group"
        label = "Monitoring page: equality questions"
        label_format = "{title}"
        form_layout = [
            "title",
            "introduction",
            when_shown("page"),
            "questions",
            "areas_are",
            "areas",
        ]


class BankBlock(blocks.StructBlock):
    """One topic of the question bank, in any page."""

    topic = blocks.ChoiceBlock(choices=CHOICES, label="Ask about")
    areas_are = _areas_are()
    areas = _areas()

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a question about where people live without areas, and areas without it."""
        cleaned = super().clean(value)
        refuse(_area_errors(cleaned, asks_area=cleaned["topic"] == AREA))
        return cleaned

    class Meta:
        icon = "group"
        label = "Equality question from the bank"


def _area_errors(cleaned: Any, *, asks_area: bool) -> dict[str, str]:
    options = area_options(cleaned["areas"] or "")
    if not asks_area:
        if options:
            return {
                "areas": "These areas are asked about nowhere: choose the question on where "
                "people live as well, or take them out."
            }
        return {}
    if len(options) < FEWEST:
        return {"areas": "Write at least two areas, one on a line."}
    if nameless := [each.label for each in options if not each.code]:
        return {
            "areas": f"No code can be made of “{nameless[0]}”: write “{nameless[0]} | code” with "
            "small letters, digits and hyphens."
        }
    return repeated_codes("areas", (each.code for each in options))
