"""Where somebody lives: postcodes and addresses."""

from __future__ import annotations

import re

from folkmoot.texts.english import FUNCTION_WORDS, listed
from folkmoot.texts.redaction.kinds import Found

# Every postcode area there is, so that "A4 1st" and "B12 3AA batteries" are told apart.
_AREAS = listed(
    "AB AL BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC "
    "EH EN EX FK FY GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY LA LD LE LL LN LS "
    "LU ME MK ML NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD WF WN WR WS WV YO ZE B E G L M N S W"
)
_POSTCODE = re.compile(
    r"\b(?:(?P<area>[a-z]{1,2})\d[a-hjkps-uw\d]?"
    r"(?:\s{0,2}|\s?[-.]\s?)(?!(?-i:1st|2nd|3rd|\dth))(?:\d|(?-i:O(?=[A-Z]{2})))[abd-hjlnp-uw-z]{2})\b",
    re.IGNORECASE,
)
_STREET = (
    r"(?:street|road|avenue|lane|crescent|terrace|grove|gardens|close|drive|court|place|square|"
    r"way|walk|mews|hill|row|parade|rise|park|green|gate|wharf|quay|path|view|villas|cottages|"
    r"drove|croft|vale|mount|broadway|st|rd|ave|av|ln|cres|gdns|cl|dr|sq|ter)"
)
_FLAT = r"(?:(?i:flat|apartment|apt|unit|room|maisonette)\.?\s{1,3}\d{0,4}[a-zA-Z]?\d?,?\s{1,3})"
_NAME = r"[A-Z][\w'’.-]{1,30}"
_NUMBER = r"\b(?:(?i:no\.?|number)\s{0,2})?\d{1,4}[a-zA-Z]?(?:\s?[-/]\s?\d{1,4}[a-zA-Z]?)?,?\s{1,3}"
_ADDRESS = re.compile(
    _FLAT
    + r"?"
    + _NUMBER
    + r"(?:(?:St\.?|The)\s{1,3})?(?:"
    + _NAME
    + r"\s{1,3}){1,3}(?i:"
    + _STREET
    + r")\b\.?|"
    + _FLAT
    + r"(?:(?:St\.?|The)\s{1,3})?(?:"
    + _NAME
    + r"\s{1,3}){1,3}"
    r"(?:House|Court|Tower|Towers|Point|Mansions|Lodge|Heights|Buildings|Building|Block|Place)\b|"
    + _FLAT
    + r"(?i:(?:[a-z'’]{3,20}\s{1,3}){1,2}(?:house|court|tower|mansions|lodge|heights|buildings))\b"
)
# Without capitals only the surest words for a street count.
_PLAIN_ADDRESS = re.compile(
    _FLAT + r"?\b\d{1,4}[a-z]?,?\s{1,3}(?P<name>[a-z'’]{3,20}(?:\s{1,3}[a-z'’]{3,20})?)\s{1,3}"
    r"(?:street|road|avenue|lane|crescent|terrace|grove|gardens|rd|ave|st|close|drive)\b",
    re.IGNORECASE,
)
# Said to be where somebody lives: then any street will do.
_HOME = re.compile(
    r"\b(?:(?:live|lives|lived|living|reside|resides|staying|stay|stays|based|home|house|flat)\s(?:at|is)|"
    r"address(?:\sis|\swas|:|\s-)?|moved\sto|move\sto)\s{1,3}"
    r"(?P<address>" + _FLAT + r"?(?:(?:no\.?|number)\s{0,2})?\d{1,4}[a-z]?,?\s{1,3}"
    r"(?:[a-z][\w'’.-]{1,30}\s{1,3}){0,3}?(?:"
    + _STREET
    + r"\b\.?|(?-i:"
    + _NAME
    + r"(?:\s"
    + _NAME
    + r")?)))",
    re.IGNORECASE,
)
_UNITS = listed(
    "mph minute minutes min mins hour hours mile miles metre metres yard yards year years month "
    "months week weeks day days cars times percent pound pounds people women men children staff "
    "nurses doctors bus buses am pm appointments visits different separate other more"
)
_NOT_A_STREET = (
    FUNCTION_WORDS
    | _UNITS
    | listed(
        "bus busy main way lane high local residential side quiet rural country cycle new closed "
        "patients clinic ward wards beds bed"
    )
)


def postcodes(text: str) -> Found:
    """Yield whole postcodes of areas that there are; half a postcode leads to nobody."""
    for match in _POSTCODE.finditer(text):
        if match.group("area").upper() in _AREAS:
            yield match.span()


def addresses(text: str) -> Found:
    """Yield a house's number with its street, and a flat with the name of its house."""
    for match in _HOME.finditer(text):
        if not _words(match.group("address")) & _UNITS:
            yield match.span("address")
    for match in _ADDRESS.finditer(text):
        if not _words(match.group()) & _UNITS:
            yield match.span()
    for match in _PLAIN_ADDRESS.finditer(text):
        if not _words(match.group("name")) & _NOT_A_STREET:
            yield match.span()


def _words(written: str) -> set[str]:
    return {word.casefold().strip(",.") for word in written.split()}
