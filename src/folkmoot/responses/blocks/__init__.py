"""Steps and questions of a survey, as an officer edits them."""

from folkmoot.responses.blocks.questions import OptionBlock, QuestionBlock, QuestionsBlock
from folkmoot.responses.blocks.routing import KEY, ShownIfBlock, shown_if
from folkmoot.responses.blocks.steps import StepBlock, StepsBlock

__all__ = [
    "KEY",
    "OptionBlock",
    "QuestionBlock",
    "QuestionsBlock",
    "ShownIfBlock",
    "StepBlock",
    "StepsBlock",
    "shown_if",
]
