"""What a respondent posted, checked against the questions. Nothing typed is ever dropped."""

from folkmoot.responses.forms.beside import KINDS, extras_of
from folkmoot.responses.forms.posts import Checked, Given, Posted, lines, written
from folkmoot.responses.forms.steps import check_draft, check_step
from folkmoot.responses.forms.texts import LONGEST_NAME, LONGEST_TEXT, keepable, text_error

__all__ = [
    "KINDS",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Checked",
    "Given",
    "Posted",
    "check_draft",
    "check_step",
    "extras_of",
    "keepable",
    "lines",
    "text_error",
    "written",
]
