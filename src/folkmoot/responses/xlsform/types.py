"""The column `type`, by whichever of its names it is written.

Source: https://xlsform.org/en/#question-types and the aliases of pyxform, the reference reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SELECT = re.compile(
    r"(?P<name>select_one_from_file|select_multiple_from_file|select_one_external|select_one|"
    r"select_multiple|select1|select_one_from|select_all_that_apply_from|"
    r"select_all_that_apply|add_select_one_prompt_using|add_select_multiple_prompt_using|rank)"
    r"\s+(?P<list>\S+)(?P<other>\s+or[_ ]other|\s+or specify other)?",
    re.IGNORECASE,
)
_ALIASES = {
    "string": "text",
    "int": "integer",
    "add_integer_prompt": "integer",
    "add_text_prompt": "text",
    "gps": "geopoint",
    "location": "geopoint",
    "photo": "image",
    "add_image_prompt": "image",
    "add_photo_prompt": "image",
    "add_file_prompt": "file",
    "trigger": "acknowledge",
    "date_time": "datetime",
    "add_note_prompt": "note",
    "select1": "select_one",
    "select_one_from": "select_one",
    "add_select_one_prompt_using": "select_one",
    "select_all_that_apply": "select_multiple",
    "select_all_that_apply_from": "select_multiple",
    "add_select_multiple_prompt_using": "select_multiple",
    "begin_lgroup": "begin_repeat",
    "end_lgroup": "end_repeat",
    "begin_looped_group": "begin_repeat",
    "end_looped_group": "end_repeat",
}
QUESTIONS = frozenset(
    {
        "select_one",
        "select_multiple",
        "rank",
        "integer",
        "decimal",
        "range",
        "text",
        "date",
        "geopoint",
        "file",
        "image",
        "note",
    }
)
BEGIN_GROUP = frozenset({"begin_group", "begin_score", "begin_rank"})
END_GROUP = frozenset({"end_group", "end_score", "end_rank"})
SKIPPED_GROUPS = {"begin_repeat": "a repeat", "begin_kobomatrix": "a matrix of Kobo"}
METADATA = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "imei",
        "start_geopoint",
        "background_audio",
        "background_geopoint",
        "instanceid",
    }
)
LEFT_OUT = {
    "calculate": "a calculation",
    "hidden": "a hidden value",
    "xml_external": "a list from another file",
    "csv_external": "a list from another file",
    "select_one_from_file": "a question with choices from another file",
    "select_multiple_from_file": "a question with choices from another file",
    "select_one_external": "a question with external choices",
    "geotrace": "a line on a map",
    "geoshape": "a shape on a map",
    "time": "a time of day",
    "datetime": "a day with a time",
    "barcode": "a barcode",
    "audio": "a sound recording",
    "video": "a video recording",
    "acknowledge": "a tick of acknowledgement",
}


@dataclass(frozen=True, slots=True)
class Type:
    """What a row is: the name of its type, the list it chooses from, whether "Other" is added."""

    written: str
    name: str
    list_name: str = ""
    or_other: bool = False


def type_of(written: str) -> Type:
    """Return the type that a cell says; one that nobody knows has its own words as its name."""
    plain = " ".join(written.split())
    for words in (
        "select one from file",
        "select multiple from file",
        "select one external",
        "select one from",
        "select all that apply from",
        "select all that apply",
        "add select one prompt using",
        "add select multiple prompt using",
        "select one",
        "select multiple",
    ):
        if plain.lower().startswith(f"{words} "):
            plain = words.replace(" ", "_") + plain[len(words) :]
            break
    if match := _SELECT.fullmatch(plain):
        name = match["name"].lower()
        return Type(written, _ALIASES.get(name, name), match["list"], bool(match["other"]))
    name = re.sub(r"[\s-]+", "_", plain.lower())
    return Type(written, _ALIASES.get(name, name))
