"""Steps and questions of a survey, as an officer edits them."""

from folkmoot.responses.blocks.common import OptionBlock, QuestionBlock
from folkmoot.responses.blocks.questions import QuestionsBlock
from folkmoot.responses.blocks.routing import CODE, KEY, RuleBlock, ShownIfBlock, shown_if
from folkmoot.responses.blocks.steps import StepBlock, StepsBlock

__all__ = [
    "CODE",
    "KEY",
    "OptionBlock",
    "QuestionBlock",
    "QuestionsBlock",
    "RuleBlock",
    "ShownIfBlock",
    "StepBlock",
    "StepsBlock",
    "shown_if",
]
