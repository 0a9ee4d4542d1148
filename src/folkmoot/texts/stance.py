"""On which side an answer stands: asks for more of something or for less, praises or complains.

Two word lists and a look at the words before: "not enough police" asks for more, "not helpful"
complains. It is made to tell a theme's two camps apart and to count them, not to read minds: an
answer without a telling word stands on neither side. See docs/methods/themes.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from folkmoot.texts.english import AUXILIARIES, INTENSIFIERS, listed
from folkmoot.texts.word_classes import stem


class Stance(Enum):
    """A side; the value is how it reads as the heading of those who take it."""

    FOR = "In favour, or asking for more"
    AGAINST = "Against, or asking for less"
    PRAISE = "Praise"
    COMPLAINT = "Complaint"


OPPOSITE = {
    Stance.FOR: Stance.AGAINST,
    Stance.AGAINST: Stance.FOR,
    Stance.PRAISE: Stance.COMPLAINT,
    Stance.COMPLAINT: Stance.PRAISE,
}

# A word that says no turns what stands up to this many words behind it.
NEGATION_REACHES = 3
# "More visible and approachable police": what is asked for stands within so many words.
WISH_REACHES = 4
# "Nothing could have been better".
ROOM_REACHES = 5
# Among the first so many words, "no" and "nothing" reply to the question.
OPENING = 2

_NEGATIONS = listed(
    "no not never nor neither without nothing nobody cannot can't cant don't dont doesn't doesnt "
    "didn't didnt isn't isnt wasn't wasnt aren't arent weren't werent won't wont wouldn't wouldnt "
    "couldn't couldnt shouldn't shouldnt hasn't hasnt haven't havent hadn't hadnt hardly barely"
)
_MORE = listed(
    "more increase increased increasing extra additional expand expanded extend bring restore "
    "reinstate support supports favour favor welcome want need needs needed require invest "
    "investment fund funding build introduce recruit prioritise provide create legalize legalise "
    "allow lack lacking shortage keep yes"
)
_LESS = listed(
    "fewer less reduce reduced cut cuts stop stopping end ban banned scrap abolish defund remove "
    "oppose opposed against object disagree eliminate halt prohibit unnecessary excessive"
)
# What nobody wants more of: "more crime" is a complaint and no wish.
_HARMS = listed(
    "crime violence violent drug drugs litter abuse noise delay delays wait waiting racism fear "
    "harassment theft robbery burglary assault gang gangs knife knives stabbing stabbings accident "
    "accidents traffic congestion pollution homelessness poverty problem problems issue complaint "
    "bias discrimination addiction overdose epidemic opioid heroin meth corruption tax taxes "
    "nothing"
)
_PRAISE = listed(
    "good great excellent friendly helpful kind kindness caring polite happy pleased satisfied "
    "brilliant fantastic amazing professional lovely perfect thank thanks grateful love loved "
    "enjoy enjoyed best clean quick efficient comfortable nice wonderful reassuring reassured "
    "outstanding superb exceptional first-class courteous compassionate approachable attentive "
    "welcoming welcomed understanding knowledgeable supportive impressed praise proud beautiful "
    "fine well safe respectful informative pleasant cheerful thorough prompt"
)
_COMPLAINT = listed(
    "bad poor rude slow late delay delayed delays dirty noisy unhelpful unfriendly awful terrible "
    "worst worse lack lacking lacks problem problems difficult difficulty confusing confused "
    "disappointed disappointing unhappy uncomfortable expensive unsafe scared afraid ignored "
    "waste wasted horrible disgusting shocking appalling dreadful unacceptable inadequate "
    "insufficient broken cramped unprofessional rushed dismissive disrespectful frustrated "
    "stressful fail failed fails failing failure complaint complain complaints racist corrupt "
    "useless annoying annoyed upset unfair unclear dangerous ugly cold fault faults"
)
# "Waiting times could be better" complains; "it could not be better" praises.
_ROOM = listed("better improved improve quicker faster shorter longer bigger clearer more")
_TOO = listed("long small many")
_REPLIES = listed("no nothing none")
_MIGHT = listed("could should would can need needs")

_CUES = _MORE | _LESS | listed("enough many much")
_FELT = {
    **dict.fromkeys(_ROOM, 0),
    **dict.fromkeys(_PRAISE, 1),
    **dict.fromkeys(_COMPLAINT | {"too"}, -1),
}


def wish_of(said: Sequence[str], topic: Collection[str]) -> Stance | None:
    """Return whether an answer asks for more or for less of a topic, None for neither or both.

    `said` are its words in lower case, `topic` the stems of the words that name the topic.
    """
    balance = sum(wishes_in(said, topic).values())
    if not balance:
        return None
    return Stance.FOR if balance > 0 else Stance.AGAINST


def wishes_in(said: Sequence[str], topic: Collection[str]) -> dict[str, int]:
    """Return the words of a topic that an answer asks for: above 0 for more, below for less."""
    if _CUES.isdisjoint(said):
        return {}
    wishes: dict[str, int] = {}
    for at, word in enumerate(said):
        if word not in _CUES:
            continue
        sign = _asked(said, at)
        if not sign:
            continue
        for near in dict.fromkeys(stem(each) for each in said[at + 1 : at + 1 + WISH_REACHES]):
            if near in topic and near not in _HARMS:
                wishes[near] = wishes.get(near, 0) + sign
    return wishes


def _asked(said: Sequence[str], at: int) -> int:
    """Return 1 where a word asks for more of what follows, -1 for less, 0 for neither."""
    word = said[at]
    if word == "enough":
        return 1 if _is_denied(said, at) else 0
    if word in ("many", "much"):
        return -1 if said[max(0, at - 1)] == "too" else 0
    if word == "stop" and "search" in said[at + 1 : at + 3]:
        return 0
    sign = (word in _MORE) - (word in _LESS)
    return -sign if _is_denied(said, at) else sign


def tone_of(said: Sequence[str]) -> Stance | None:
    """Return whether an answer praises or complains, None for neither or as much of both."""
    balance = 0
    for at, word in enumerate(said):
        sign = _FELT.get(word)
        if sign is None:
            continue
        if word == "too" and said[min(at + 1, len(said) - 1)] not in _TOO:
            continue
        if word in _ROOM:
            if _may_be(said, at):
                balance += 1 if _is_denied(said, at, reaches=ROOM_REACHES) else -1
        else:
            balance += -sign if _is_denied(said, at, replies=sign > 0) else sign
    if not balance:
        return None
    return Stance.PRAISE if balance > 0 else Stance.COMPLAINT


def _is_denied(
    said: Sequence[str], at: int, *, reaches: int = NEGATION_REACHES, replies: bool = False
) -> bool:
    """Whether a no stands before a word. With `replies`, one that opens the answer does not count:

    "No, always excellent nurses" and "Nothing, all was good" reply to what could be better.
    """
    start = max(0, at - reaches)
    before = said[start:at]
    if "but" in before:
        start += len(before) - before[::-1].index("but")
        before = said[start:at]
    denials = [
        word
        for place, word in enumerate(before, start)
        if word in _NEGATIONS and not (replies and place < OPENING and word in _REPLIES)
    ]
    return len(denials) % 2 == 1


def _may_be(said: Sequence[str], at: int) -> bool:
    """Whether what stands before is "could be", "should have been", "couldn't be" and the like."""
    before = said[max(0, at - NEGATION_REACHES) : at]
    return (
        any(word in _MIGHT or (word in AUXILIARIES and word in _NEGATIONS) for word in before)
        and before[-1] in AUXILIARIES | INTENSIFIERS | _NEGATIONS | _MIGHT
    )
