"""Questions and answers to what a survey's pages print."""

from folkmoot.responses.presenters.beside import extra_fields, extra_rows
from folkmoot.responses.presenters.closing import closing_notice
from folkmoot.responses.presenters.copies import copy_of, copy_text
from folkmoot.responses.presenters.fields import fields
from folkmoot.responses.presenters.maps import pictures_of
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
from folkmoot.responses.presenters.words import answer_words, file_names, typed

__all__ = [
    "AT_CHECK",
    "answer_words",
    "closing_notice",
    "copy_of",
    "copy_text",
    "error_list",
    "extra_fields",
    "extra_rows",
    "fields",
    "file_names",
    "grace_words",
    "moment",
    "pictures_of",
    "progress",
    "state_sentence",
    "summary",
    "typed",
    "unknown",
]
