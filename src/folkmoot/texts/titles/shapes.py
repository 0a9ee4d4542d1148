"""What the shape of a phrase is worth as a title, and how it is made whole and grammatical."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from folkmoot.texts.english import (
    COUNTS,
    DEEDS,
    INSIDE,
    LEANING,
    ORDERS,
    ORDINALS,
    PARTICLES,
    TOO_GENERAL,
)
from folkmoot.texts.phrases import clauses_in
from folkmoot.texts.word_classes import Usage, WordClass, gerund, is_adverb

# "Fill job openings", "enforced in the county": less of a name than "job openings".
DEED = 0.65
# "Helpful polite", "no nothing", "customers generate": no name of a thing.
NAMELESS = 0.4
# "Housing for homeless people in the community" adds less than it seems to.
LESS_SURE = 0.85
# A neighbour that stands beside a phrase in this share of cases belongs to it.
NEARLY_ALWAYS = 0.6
# So many sentences of a theme, and such a share of them, begin in the same words.
ALIKE_SENTENCES, ALIKE_SHARE = 4, 0.6
_STEM_WORDS = range(6, 2, -1)
_END = "\n"
_DENIALS = ("no", "not")


def shape_worth(said: Sequence[str], usage: Usage) -> float:
    """Return what the shape of a phrase is worth: a name for a thing before an order or a deed."""
    kinds = [usage.kind(word) for word in said]
    is_alone = len(said) == 1
    merit = 1.15 if said[0] in LEANING else 1.0
    if kinds[0] is WordClass.DEED or (said[0] in ORDERS and kinds[0] is not WordClass.QUALITY):
        merit *= DEED
    if said[0] in COUNTS or any(is_adverb(word) for word in {said[0], said[-1]} - LEANING):
        merit *= DEED
    if is_alone:
        return merit * (LESS_SURE if kinds[0] is WordClass.QUALITY else 1)
    if kinds[-1] is not WordClass.THING:
        merit *= NAMELESS
    elif said[-1] in ORDERS or said[-1].endswith("ed"):
        merit *= DEED
    if _tells_a_deed(said, kinds) or "nothing" in said:
        merit *= NAMELESS
    if len(said) > 2 and said[-1] in TOO_GENERAL:
        merit *= LESS_SURE
    if "and" in said:
        merit *= DEED if len(said) > 3 else LESS_SURE
    if kinds[0] is WordClass.QUALITY and said[1] in INSIDE:
        merit *= DEED
    if sum(word in INSIDE for word in said) > 2:
        merit *= DEED
    return merit


def _tells_a_deed(said: Sequence[str], kinds: Sequence[WordClass]) -> bool:
    """Whether a thing does something in a phrase, as in "officers write briefs"."""
    return any(
        kind is WordClass.DEED and not word.endswith("ed") and said[at - 1] not in INSIDE
        for at, (word, kind) in enumerate(zip(said, kinds, strict=True))
        if 0 < at < len(said) - 1
    )


def is_term(said: Sequence[str], usage: Usage) -> bool:
    """Whether some words, in the singular, name a thing or a quality of one."""
    kinds = [usage.kind(word) for word in said]
    return (
        kinds[-1] is WordClass.THING
        and WordClass.DEED not in kinds
        and not any(is_adverb(word) for word in said)
    )


def as_title(words: Sequence[str], usage: Usage) -> tuple[str, ...]:
    """Return a phrase as it may stand in a title: "filling job openings" for an order."""
    first = words[0]
    if len(words) > 1 and first in DEEDS and usage.kind(first) is WordClass.DEED:
        return (gerund(first), *words[1:])
    return tuple(words)


def as_one(texts: Sequence[str]) -> str:
    """Return the clauses of some texts as one string in which `completed` can look."""
    return "".join(
        f" {' '.join(written).casefold()} {_END}" for text in texts for written in clauses_in(text)
    )


def completed(form: Sequence[str], said: str) -> tuple[str, ...]:
    """Return a phrase with the small word that nearly always stands beside it.

    "Class service" is "first class service", "litter pick" is "litter pick up". `said` comes from
    `as_one`.
    """
    wanted = f" {' '.join(form)} "
    before, after = Counter[str](), Counter[str]()
    many, at = 0, said.find(wanted)
    while at >= 0:
        many += 1
        end = at + len(wanted)
        before[said[max(0, at - 20) : at].rsplit(" ", 1)[-1]] += 1
        after[said[end : end + 20].split(" ", 1)[0]] += 1
        at = said.find(wanted, end - 1)
    ends = PARTICLES | {"to"} if form[-1] in ("talk", "speak") else PARTICLES
    first = _usual(before, many, ORDINALS) or _usual(before, many, _DENIALS)
    last = _usual(after, many, ends)
    return (*first, *form, *last)


def _usual(beside: Counter[str], many: int, words: Collection[str]) -> tuple[str, ...]:
    """Return the commonest of some words if they nearly always stand beside a phrase."""
    met = {word: beside[word] for word in words if beside[word]}
    if not met or sum(met.values()) < NEARLY_ALWAYS * many:
        return ()
    return (min(met, key=lambda word: (-met[word], word)),)


def common_opening(texts: Sequence[str]) -> str:
    """Return the words in which most sentences of a theme begin: "My ethnicity is …".

    "" where they begin differently, as nearly all themes do.
    """
    openings = [next(clauses_in(text), []) for text in texts]
    if len(openings) < ALIKE_SENTENCES:
        return ""
    for length in _STEM_WORDS:
        counted = Counter(
            " ".join(each[:length]).casefold() for each in openings if len(each) > length
        )
        if counted:
            opening, times = min(counted.items(), key=lambda each: (-each[1], each[0]))
            if times >= ALIKE_SHARE * len(openings):
                first = next(e for e in openings if " ".join(e[:length]).casefold() == opening)
                return f"{' '.join(first[:length])} …"
    return ""
