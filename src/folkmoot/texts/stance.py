"""On which side an answer stands: asks for more of something or for less, praises or complains.

Two word lists and a look at the words before: "not enough police" asks for more, "not helpful"
complains. It is made to tell a theme's two camps apart and to count them, not to read minds: an
answer without a telling word stands on neither side. See docs/methods/themes.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from folkmoot.texts.english import AUXILIARIES, INTENSIFIERS, listed
from folkmoot.texts.phrases import stem


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
    "bias discrimination addiction overdose epidemic opioid heroin meth corruption tax taxes"
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
    "useless annoying annoyed upset unfair unclear dangerous ugly cold"
)
# "Waiting times could be better" complains; "it could not be better" praises.
_ROOM = listed("better improved improve quicker faster shorter longer bigger clearer more")
_TOO = (["too", "long"], ["too", "small"], ["too", "many"])
_MIGHT = listed("could should would can need needs")


def wish_of(said: Sequence[str], topic: Collection[str]) -> Stance | None:
    """Return whether an answer asks for more or for less of a topic, None for neither or both.

    `said` are its words in lower case, `topic` the stems of the words that name the topic.
    """
    wanted = {word for word in topic if word not in _HARMS}
    balance = 0
    for at, word in enumerate(said):
        sign = (word in _MORE) - (word in _LESS)
        if not sign or (word == "stop" and "search" in said[at + 1 : at + 3]):
            continue
        if any(stem(near) in wanted for near in said[at + 1 : at + 1 + WISH_REACHES]):
            balance += -sign if _is_denied(said, at) else sign
    balance += _degrees(said, wanted)
    if not balance:
        return None
    return Stance.FOR if balance > 0 else Stance.AGAINST


def _degrees(said: Sequence[str], wanted: Collection[str]) -> int:
    """Count "not enough police" as asking for more, and "too many police" as asking for less."""
    balance = 0
    for at in range(1, len(said)):
        near = [stem(word) for word in said[at + 1 : at + 1 + WISH_REACHES]]
        if not any(word in wanted for word in near):
            continue
        if said[at] == "enough":
            balance += 1 if _is_denied(said, at) else 0
        elif said[at] in ("many", "much") and said[at - 1] == "too":
            balance -= 1
    return balance


def tone_of(said: Sequence[str]) -> Stance | None:
    """Return whether an answer praises or complains, None for neither or as much of both."""
    balance = 0
    said = list(said)
    for at, word in enumerate(said):
        if word in _PRAISE or word in _COMPLAINT:
            sign = 1 if word in _PRAISE else -1
            balance += -sign if _is_denied(said, at) else sign
        elif (word in _ROOM and _may_be(said, at)) or said[at : at + 2] in _TOO:
            balance += 1 if _is_denied(said, at) else -1
    if not balance:
        return None
    return Stance.PRAISE if balance > 0 else Stance.COMPLAINT


def _is_denied(said: Sequence[str], at: int) -> bool:
    before = said[max(0, at - NEGATION_REACHES) : at]
    return sum(word in _NEGATIONS for word in before) % 2 == 1


def _may_be(said: Sequence[str], at: int) -> bool:
    """Whether what stands before is "could be", "should have been", "couldn't be" and the like."""
    before = said[max(0, at - NEGATION_REACHES) : at]
    return any(
        word in _MIGHT or (word in AUXILIARIES and word in _NEGATIONS) for word in before
    ) and all(
        word in AUXILIARIES or word in INTENSIFIERS or word in _NEGATIONS or word in _MIGHT
        for word in before[-1:]
    )
