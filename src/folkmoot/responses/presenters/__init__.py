"""Questions and answers to what a survey's pages print."""

from folkmoot.responses.presenters.beside import extra_fields, extra_rows
from folkmoot.responses.presenters.fields import fields
from folkmoot.responses.presenters.pages import (
    AT_CHECK,
    error_list,
    grace_words,
    moment,
    progress,
    state_sentence,
    summary,
    unknown,
)
from folkmoot.responses.presenters.words import answer_words, register_rows, typed

__all__ = [
    "AT_CHECK",
    "answer_words",
    "error_list",
    "extra_fields",
    "extra_rows",
    "fields",
    "grace_words",
    "moment",
    "progress",
    "register_rows",
    "state_sentence",
    "summary",
    "typed",
    "unknown",
]
