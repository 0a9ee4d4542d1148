"""Links, e-mail addresses and names on social media."""

from __future__ import annotations

import re

from folkmoot.texts.english import FUNCTION_WORDS, listed
from folkmoot.texts.redaction.kinds import Found

_LINK = re.compile(
    r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'()]{2,2000}(?<![.,;:!?])|"
    r"(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|co\.uk|org\.uk|gov\.uk|ac\.uk|nhs\.uk|io|uk"
    r"|me|info|tv|gg|ly|be|co|eu|us)/(?:[^\s<>\"'()]{1,2000}(?<![.,;:!?]))?|"
    r"(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,3}(?:com|co\.uk|org\.uk|org|net)\b(?![\w@.-]\w)",
    re.IGNORECASE,
)
_DOT = re.compile(r"\w\.[a-zA-Z]{2}")
_SPELLED = re.compile(r"[\[({<]\s?at\s?[\])}>]|\bdot\b|\.com?\b", re.IGNORECASE)
_AT = r"\s?(?:@|[\[({<]\s?at\s?[\])}>])\s?"
_EMAIL = re.compile(
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s{0,2}@\s{0,2}(?:[a-z0-9-]{1,63}(?:\.|\s\.\s?|,)){1,4}[a-z]{2,24}\b|"
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}" + _AT + r"[\w-]{1,63}"
    r"(?:\s?(?:\.|[\[({<]\s?dot\s?[\])}>])\s?[a-z]{2,63}){1,3}|"
    # Spelled out: only with one of the common hosts, as "look at google dot com" is no address.
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s(?:at)\s"
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|btinternet|aol|sky|protonmail)"
    r"(?:\s?(?:\.|\bdot\b)\s?(?:com|co|uk|net|org|me)){1,2}\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.+%'’-])@(?P<handle>[A-Za-z0-9_](?:[\w.]{0,28}\w))")
_NETWORKS = listed(
    "instagram insta ig twitter tiktok tik_tok snapchat snap facebook fb telegram discord reddit "
    "bluesky linkedin youtube twitch mastodon"
)
_NETWORK = re.compile(
    r"\b(?:" + "|".join(sorted(_NETWORKS)).replace("_", r"\s") + r")"
    r"(?P<said>(?:\s(?:handle|username|user name|user|name|account|id|profile|page))?"
    r"(?:\s?[:=-]|\sis|\sas|\sunder|,)?)"
    r"\s(?P<handle>[A-Za-z0-9_][\w.#-]{1,30}\w)",
    re.IGNORECASE,
)
_MAY_NAME_NETWORK = re.compile(
    "gram|insta|tw|tok|snap|facebook|fb|disc|reddit|link|you|masto|blue|ig"
)
_REDDIT = re.compile(r"(?<![\w/])/?u/[\w-]{3,20}\b")
# "stay @home", "meet @work": a sign for "at", not somebody.
_PLACES_AT = listed("home work school night noon lunch midnight least all once")


def links(text: str) -> Found:
    """Yield web addresses."""
    if "://" not in text and not _DOT.search(text):
        return iter(())
    return (match.span() for match in _LINK.finditer(text))


def emails(text: str) -> Found:
    """Yield e-mail addresses, "jo [at] example [dot] org" among them."""
    if "@" not in text and not _SPELLED.search(text):
        return iter(())
    return (match.span() for match in _EMAIL.finditer(text))


def handles(text: str) -> Found:
    """Yield names on social media: @name, u/name, and what follows the name of a network."""
    lower = text.casefold()
    for match in _HANDLE.finditer(text):
        if (
            match.group("handle").casefold() not in _PLACES_AT
            and not match.group("handle").isdigit()
        ):
            yield match.span()
    for match in _REDDIT.finditer(text):
        yield match.span()
    if not _MAY_NAME_NETWORK.search(lower):
        return
    for match in _NETWORK.finditer(text):
        handle = match.group("handle")
        is_made_up = any(mark.isdigit() or mark in "_.#" for mark in handle)
        is_said = match.group("said").strip(" ,") not in {"", "page", "as", "is", "-"}
        if is_made_up or (is_said and handle.casefold() not in FUNCTION_WORDS):
            yield match.span("handle")
