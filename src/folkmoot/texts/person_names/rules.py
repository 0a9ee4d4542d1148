"""The rules by which a text names a person; each is asked at a word that its sign begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from folkmoot.texts import english
from folkmoot.texts.names import (
    COMMON_SURNAMES,
    FIRST_NAMES,
    FORMAL_TITLES,
    KIN,
    PLACE_WORDS,
    SAINTLY,
    SPOKEN_TITLES,
    TITLES,
)
from folkmoot.texts.person_names import signs
from folkmoot.texts.person_names.words import (
    NATIONS,
    WORD,
    first_name_before,
    is_place,
    is_place_after,
    is_slip,
    may_be_name,
    name_end,
    stands_out,
    surname_end,
    without_possessive,
)

Names = Iterator[tuple[int, int]]
Rule = Callable[[str, re.Match[str]], Names]

_INITIALS = re.compile(r"(?:[A-Z]\.?[ \t]{1,2}){1,2}(?=[^\W\d_]{2})")
_MAY_OPEN_A_SENTENCE = english.listed(
    "will may mark hope faith grant chase art august june april patience joy blessing mercy"
)
_ARE_TIMES_OR_PLACES = english.listed("may june april august victoria chelsea summer")
_MOST_WORDS = 3
_SHORTEST_ALONE = 3
_NO_PERSONS = NATIONS + signs.PLACE_ENDINGS


def titled(text: str, match: re.Match[str]) -> Names:
    """Yield "PC Shah": a title goes with its name, as it tells more than "Shah" alone."""
    gap = signs.AFTER_TITLE.match(text, match.end())
    if gap is None:
        return
    initials = _INITIALS.match(text, gap.end())
    start = initials.end() if initials else gap.end()
    title = match.group()
    is_written = not title.islower() or title in SPOKEN_TITLES
    end = name_end(text, start, capital=is_written, small=True)
    if end is None and title.lower() in FORMAL_TITLES:
        word = WORD.match(text, start)
        if word and word.group().lower() in COMMON_SURNAMES:
            end = word.end()
    if end is not None:
        yield match.start(), end


def introduced(text: str, match: re.Match[str]) -> Names:
    """Yield what follows "my name is": there any word may be a name, in small letters too."""
    said = signs.INTRODUCED.match(text, match.start())
    if said is None:
        return
    begins = without_possessive(match.group().lower())
    required = signs.BEFORE_INTRODUCED.get(begins)
    is_form = begins == "name" and ":" in said.group()
    start = match.start()
    if required and not is_form and not required.search(text, max(0, start - 14), start):
        return
    end, at = said.end(), said.end()
    for _ in range(_MOST_WORDS):
        word = WORD.match(text, at)
        if word is None or not may_be_name(word.group()):
            break
        end = word.end()
        at = end + 1 if text[end : end + 1] in {" ", "\t"} else len(text)
    if end > said.end():
        yield said.end(), end


def signed(text: str) -> Names:
    """Yield the name with which a text ends: "Thanks, Olumide"."""
    match = signs.SIGNED.search(text, max(0, len(text) - 120))
    if match:
        end = name_end(text, match.start("name"), capital=True, small=True)
        if end is not None and end >= match.end("name"):
            yield match.start("name"), end


def related(text: str, match: re.Match[str]) -> Names:
    """Yield the name after "my son", "the manager,"."""
    return _after(text, match, signs.WHOSE)


def called(text: str, match: re.Match[str]) -> Names:
    """Yield the name after "a nurse called"."""
    return _after(text, match, signs.IS_CALLED)


def _after(text: str, match: re.Match[str], required: re.Pattern[str]) -> Names:
    start = match.start()
    gap = signs.COMMA.match(text, match.end())
    if gap and required.search(text, max(0, start - 20), start):
        end = name_end(text, gap.end(), capital=True, small=True)
        if end is not None:
            yield gap.end(), end


def addressed(text: str, match: re.Match[str]) -> Names:
    """Yield an unknown word after "thanks to", "spoke to", "treated by"."""
    said = signs.ADDRESSED.match(text, match.start())
    if said:
        end = name_end(text, said.end(), capital=False, small=not said.group("weak"))
        if end is not None and not is_place(text, said.end(), end):
            yield said.end(), end


def described(text: str, before: re.Match[str], does: re.Match[str]) -> Names:
    """Yield an unknown word of which something is said that is said of people: "was so kind"."""
    word, start = before.group(), before.start()
    if not signs.GAP.fullmatch(text, before.end(), does.start()) or not stands_out(word):
        return
    bare = without_possessive(word)
    if does.group().lower() in signs.BELONGINGS and bare == word:
        return
    is_small = word[0].islower()
    if (is_small and is_slip(word)) or not signs.DOES.match(text, does.start()):
        return
    start = first_name_before(text, start, word)
    if is_small and not signs.OPENS.search(text, max(0, start - 8), start):
        return
    if not is_place(text, start, before.end()):
        yield start, before.start() + len(bare)


def explained(text: str, before: re.Match[str], role: re.Match[str]) -> Names:
    """Yield an unknown word with a capital behind which its role stands: "Zoey (nurse)"."""
    if text[before.end() : role.start()] not in {" (", "(", ", the ", ", a ", ", our ", ", my "}:
        return
    word = before.group()
    if word[0].isupper() and stands_out(word):
        yield first_name_before(text, before.start(), word), before.end()


def paired(text: str, first: re.Match[str], last: re.Match[str]) -> Names:
    """Yield two unknown words with capitals in a row that nothing says are a place."""
    if text[first.end() : last.start()] not in {" ", "  "} or first.group().isupper():
        return
    if not (stands_out(first.group()) and stands_out(last.group())):
        return
    start = first.start()
    is_placed = signs.PLACED.search(text, max(0, start - 12), start)
    if not is_placed and not is_place(text, start, last.end()):
        yield start, last.start() + len(without_possessive(last.group()))


def unknown(text: str, match: re.Match[str]) -> Names:
    """Yield an unknown word with a capital in the middle of a sentence: "put Oluchi in charge".

    Not where the words beside it make it a place or a part of a longer name ("in Purley", "the
    Fairness Ordinance").
    """
    word, start, end = match.group(), match.start(), match.end()
    is_written_as_name = word.istitle() or (word[0].isupper() and word[1:].islower())
    if len(word) < _SHORTEST_ALONE or not is_written_as_name or word.endswith(_NO_PERSONS):
        return
    before = signs.SMALL_BEFORE.search(text, max(0, start - 20), start)
    if before is None or not _is_small(before.group("word")) or not stands_out(word):
        return
    after = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if after and after.group()[0].isupper() and not stands_out(after.group()):
        following = after.group().casefold()
        if following not in COMMON_SURNAMES and following not in english.FUNCTION_WORDS:
            return
    bare = without_possessive(word)
    if not is_place(text, start, end):
        yield start, surname_end(text, end, small=False) if bare == word else start + len(bare)


def _is_small(before: str) -> bool:
    """Whether a word may stand before a person and has its capital, if any, from its place."""
    lower = before.casefold()
    is_plain = before.islower() or (before.istitle() and lower in english.FUNCTION_WORDS)
    return is_plain and lower not in signs.NOT_BEFORE_PEOPLE


def listed(text: str, match: re.Match[str], lower: str) -> Names:
    """Yield a common first name, with its surname, unless it names a place or is another word."""
    start, end = match.start(), match.start() + len(lower)
    before = text[max(0, start - 20) : start].split()
    is_saint = bool(before) and before[-1].rstrip(".").casefold() in SAINTLY
    if is_saint or is_place_after(text, end):
        return
    first = text[start:end]
    whole = surname_end(text, end, small=first[0].islower()) if end == match.end() else end
    surname = text[end:whole].strip()
    if any(word.casefold().rstrip(".") in PLACE_WORDS for word in surname.split()):
        return
    if lower in FIRST_NAMES or _is_sure(text, match, first, surname):
        yield start, whole


def beside(text: str, start: int, end: int) -> Names:
    """Yield unknown words with a capital that "and", "&" or a comma joins to a name."""
    after = signs.AND_NEXT.match(text, end)
    word = WORD.match(text, after.end()) if after else None
    if word and word.group()[0].isupper() and stands_out(word.group()):
        whole = surname_end(text, word.end(), small=False)
        if not is_place(text, word.start(), whole):
            yield word.start(), whole
    before = signs.BEFORE_AND.search(text, max(0, start - 50), start)
    if before and before.group("word")[0].isupper() and stands_out(before.group("word")):
        yield before.span("word")


def _is_sure(text: str, match: re.Match[str], first: str, surname: str) -> bool:
    """Whether a word that may be a name is one here."""
    if not first[0].isupper() or first.isupper():
        return False
    if surname:
        return True
    before = text[max(0, match.start() - 20) : match.start()].rstrip()
    if before[-1:] not in {"", ".", "!", "?", ":", "\n", "•", "-"}:
        return first.casefold() not in _ARE_TIMES_OR_PLACES
    follows = signs.VERB_AFTER.match(text, match.end())
    if follows is None:
        return False
    may_be_a_word = first.casefold() in _MAY_OPEN_A_SENTENCE
    return not (may_be_a_word and follows.group().split()[-1] in {"and", "at"})


def rules_by_word() -> dict[str, tuple[Rule, ...]]:
    """Return the rules to ask at a word, by the word in small letters."""
    begins: tuple[tuple[Rule, frozenset[str]], ...] = (
        (titled, frozenset(title.lower() for title in TITLES | SPOKEN_TITLES)),
        (introduced, signs.INTRODUCTIONS),
        (related, KIN | SPOKEN_TITLES),
        (called, frozenset({"called", "named"})),
        (addressed, signs.ADDRESSED_BEGINS),
    )
    rules: dict[str, tuple[Rule, ...]] = {}
    for rule, words in begins:
        for word in words:
            rules[word] = (*rules.get(word, ()), rule)
    return rules
