"""What stands beside the name of a person and hardly beside anything else."""

from __future__ import annotations

import re

from folkmoot.texts.english import listed

LETTERS = r"[^\W\d_]{1,40}(?:['’-][^\W\d_]{1,40}){0,3}"


def _any(phrases: str) -> str:
    """Return a pattern for any of the phrases; a low line stands for a space within one."""
    return "(?:" + "|".join(phrases.replace("_", r"\s").split()) + ")"


AFTER_TITLE = re.compile(r"\.?[ \t]{1,2}|\.")

# "My name is": what follows may be any word, in small letters too.
INTRODUCTIONS = listed("name name's name’s called signed sincerely faithfully truly regards")
INTRODUCED = re.compile(
    r"(?:name(?:\s(?:is|was)|['’]s|:)|called|signed(?:\sby)?:?|"
    r"(?:sincerely|faithfully|truly|regards),?)\s{1,4}(?=[^\W\d_])",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\byours \Z", re.IGNORECASE)
BEFORE_INTRODUCED = {
    "name": re.compile(r"\bmy (?:full |first )?\Z", re.IGNORECASE),
    "called": re.compile(r"\bi(?: a|['’])m \Z", re.IGNORECASE),
    "sincerely": _YOURS,
    "faithfully": _YOURS,
    "truly": _YOURS,
    "regards": re.compile(r"\b(?:kind|best|warm|many) \Z", re.IGNORECASE),
}
SIGNED = re.compile(
    r"\b" + _any("regards thanks thank_you cheers sincerely faithfully") + r",?\s{1,4}"
    r"(?P<name>[^\W\d_][\w'’-]{1,30}(?:[ \t][^\W\d_][\w'’-]{1,30}){0,2})\s{0,4}[.!]?\s{0,4}\Z",
    re.IGNORECASE,
)

# Before "son"; before "called" and "named"; between either and the name.
WHOSE = re.compile(
    r"\b" + _any("my our his her their the a an") + r"\s(?:[a-z]{3,12}\s)?\Z", re.IGNORECASE
)
IS_CALLED = re.compile(
    r"\b"
    + _any("was is man woman officer lady gentleman someone somebody nurse boy girl member staff")
    + r",?\s\Z",
    re.IGNORECASE,
)
COMMA = re.compile(r",?\s(?=[^\W\d_])")

_TO_SOMEBODY = _any(
    "thanks(?:_to|,)? thank(?:_you(?:_to|,)?)? thankyou_to grateful_to credit_to kudos_to big_up "
    "shout_?out_to hats_off_to well_done,? ask meet met met_with saw contact contacted rang phoned "
    "emailed praise commend mention nominate dear hi hello especially particularly complain_about "
    "complaint_(?:about|against) pass_(?:this|it|that)_on_to "
    "(?:spoke|speak|spoken|speaking|talk|talked|talking)_(?:to|with) "
    "(?:seen|treated|helped|visited|supported|given|cared_for)_by"
)
# Before these a name has its capital: "it was unclean", "because of aggressive patients".
_TO_A_CAPITAL = _any(
    "give gave tell bless loved? hug because_of (?:it|that|this)_(?:was|is) without via i_am "
    "i['’]m asked told by with"
)
ADDRESSED = re.compile(
    r"(?:" + _TO_SOMEBODY + "|(?P<weak>" + _TO_A_CAPITAL + r"))\s(?=[^\W\d_])", re.IGNORECASE
)
ADDRESSED_BEGINS = listed(
    "thanks thank thankyou grateful credit kudos big shout shoutout hats well ask meet met saw "
    "contact contacted rang phoned emailed praise commend mention nominate dear hi hello "
    "especially particularly complain complaint pass spoke speak spoken speaking talk talked "
    "talking seen treated helped visited supported given cared give gave tell bless love loved "
    "hug because it that this without via i i'm i’m asked told by with"
)

_KIND_WORDS = _any(
    "kind caring helpful friendly lovely wonderful amazing brilliant great excellent fantastic "
    "patient professional understanding attentive supportive rude polite rough late exceptional "
    "outstanding fabulous incredible thoughtful compassionate empathetic knowledgeable courteous "
    "considerate approachable reassuring superb good nice sympathetic thorough informative star "
    "credit gem angel delight pleasure legend treasure asset man woman lady gentleman nurse doctor "
    "person listener bully aggressive dismissive"
)
_HOW = _any(
    "so very really always an? just absolutely extremely such all truly quite more the both most "
    "particularly especially our my"
)
# After a name with 's: "Zoey's manner".
BELONGINGS = listed(
    "manner attitude kindness help support patience advice care behaviour work smile skills "
    "knowledge"
)
_ACTS = listed(
    "helped helps explained listened listens reassured supported phoned rang visited treated "
    "apologised apologized advised assisted encouraged introduced answered understood understands "
    "deserve deserves said says thinks replied promised"
)
DOES = re.compile(
    r"(?:" + _any("was is were are has_been have_been had_been") + r"\s"
    r"(?:"
    + _HOW
    + r"\s){0,3}"
    + _KIND_WORDS
    + "|"
    + _any(" ".join(sorted(_ACTS | BELONGINGS)))
    + "|"
    r"went\s(?:above|out|the\sextra)|"
    r"looked\safter|took\s(?:the\stime|time|care|me|us|note)|did\sa|"
    r"(?:made|gave|told|put|kept|let|left)\s(?:me|us)|never\s(?:rang|came)|"
    r"and\s(?:the|her|his|all\sthe)\s"
    + _any("team staff girls lads others rest crew nurses colleagues family gang")
    + r"|(?:has|had)\s(?:a|an|the)\s"
    + _any("heart lovely great gift way wonderful kind calm terrible bad")
    + r"|(?:who|whom)\s(?:was|is|has|had|helped|saw|came|looked|gave))\b",
    re.IGNORECASE,
)
DOES_BEGINS = (
    listed(
        "was is were are has have had went looked took did made gave told put kept let left never "
        "and who whom"
    )
    | _ACTS
    | BELONGINGS
)
# Between who does something and what is done: "Zoey, who was", "Zoey was".
GAP = re.compile(r",?\s")
OPENS = re.compile(r"(?:\A|[.!?:;\n,(]|\b(?:and|but|when|because|that))\s{0,2}\Z", re.IGNORECASE)

_AND = r"(?:\s?(?:,|&|\+|/)\s?|,?\s(?:and|or)\s)"
AND_NEXT = re.compile(_AND + r"(?=[^\W\d_])", re.IGNORECASE)
BEFORE_AND = re.compile(r"(?P<word>" + LETTERS + ")" + _AND + r"\Z", re.IGNORECASE)

VERB_AFTER = re.compile(
    r"(?:'s|’s)?\s"
    + _any("is was has had and who from at helped explained listened took did")
    + r"\b"
)
PLACED = re.compile(
    r"\b"
    + _any("in at near around of outside through across to between towards the via")
    + r"\s\Z",
    re.IGNORECASE,
)

# The small word before, in the middle of a sentence; before a place, a firm or a thing of a name
# stands one of these, before a person seldom.
SMALL_BEFORE = re.compile(r"(?<![\w'’])(?P<word>[A-Za-z][a-z]*)\s\Z")
NOT_BEFORE_PEOPLE = listed(
    "in at near around of outside through across to between towards toward the via on from a an "
    "like our this that into onto along behind past off use using called new and or including all "
    "more than every their your its his her my no any as where these those each some most other "
    "such few many little big old per within throughout over under above below beside opposite "
    "against"
)
PLACE_ENDINGS = tuple(listed("ville boro borough burgh bury view minster mouth shire chester"))
