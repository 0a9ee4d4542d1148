"""Composes answers to free-text questions from fragments, for demonstration only.

The fragments lie in `london/voices`. A fragment is one sentence with wordings to choose from
(`[a|b]`) and slots (`{place}`). Fragments are dealt like cards, each once before any comes again,
so that ordinary answers are not near-duplicates of each other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from folkmoot.demo.pack import PackError

KINDS = ("say", "story", "ask")
WORDINGS = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that people write about: fragments by kind, and how often it comes up."""

    key: str
    weight: float
    fragments: dict[str, list[str]]


def read_topics(path: Path) -> dict[str, Topic]:
    """Return the topics of a file of fragments, by key. Raises PackError, naming the line."""
    topics: dict[str, Topic] = {}
    current: Topic | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "topic":
            key, weight = rest.split()
            current = topics[key] = Topic(key, float(weight), {kind: [] for kind in KINDS})
        elif word in KINDS and current is not None:
            current.fragments[word].append(rest)
        else:
            raise PackError(
                f"{path}, line {number}: a line begins with topic, say, story or ask, not '{word}'."
            )
    return topics


def read_wordings(path: Path) -> list[tuple[re.Pattern[str], list[str]]]:
    """Return phrases and what people say in their place."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(re.compile(rf"\b{first}\b"), others) for first, *others in rows]


def read_slots(path: Path) -> dict[str, list[str]]:
    """Return what may fill each slot."""
    lines = path.read_text(encoding="utf-8").splitlines()
    slots = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {name: wordings.split("|") for name, wordings in slots}


@dataclass(slots=True)
class Composer:
    """Writes answers from fragments; the same random source writes the same answers."""

    chance: random.Random
    slots: dict[str, list[str]]
    around: dict[str, Topic]
    wordings: list[tuple[re.Pattern[str], list[str]]]
    _decks: dict[int, list[str]] = field(default_factory=dict)

    def deal(self, fragments: list[str]) -> str:
        """Return the next fragment, each once before any comes again, with its wordings chosen."""
        return self.word(self._next(fragments, []))

    def _next(self, fragments: list[str], dealt: list[str]) -> str:
        """Take the next fragment that is not among those dealt, and add it to them."""
        deck = self._decks.setdefault(id(fragments), [])
        if all(fragment in dealt for fragment in deck):
            deck[:0] = self.chance.sample(fragments, len(fragments))
        place = max(place for place, fragment in enumerate(deck) if fragment not in dealt)
        dealt.append(fragment := deck.pop(place))
        return fragment

    def word(self, fragment: str) -> str:
        """Return a fragment with its wordings chosen and its slots filled."""
        text = WORDINGS.sub(lambda found: self.chance.choice(found[1].split("|")), fragment)
        while SLOT.search(text):
            text = SLOT.sub(lambda found: self.chance.choice(self.slots[found[1]]), text)
        return text[:1].upper() + text[1:]

    def aside(self, key: str) -> str:
        """Return a fragment that belongs to no topic, such as an opening or an angry word."""
        return self.deal(self.around[key].fragments["say"])

    def answer(self, topics: Sequence[Topic], sentences: int) -> str:
        """Return an answer of so many sentences about its topics, the first one most."""
        parts: list[str] = []
        for place, topic in enumerate(topics):
            last = place == len(topics) - 1
            wanted = sentences - len(parts) if last else max(1, round(sentences * 0.6))
            parts += self._sentences(topic, max(1, wanted))
        if self.chance.random() < 0.18:
            opening = self.aside("openings")
            if opening.endswith("."):
                parts.insert(0, opening)
            else:
                parts[0] = f"{opening} {_lower_first(parts[0])}"
        if self.chance.random() < 0.06:
            parts.insert(self.chance.choice([0, len(parts)]), self.aside("angry"))
        if len(parts) > 1 and self.chance.random() < 0.15:
            parts.append(self.aside("endings"))
        return self._in_a_hand(parts)

    def _sentences(self, topic: Topic, wanted: int) -> list[str]:
        """Return sentences of a topic, none from the same fragment as another."""
        left = {kind: len(fragments) for kind, fragments in topic.fragments.items() if fragments}
        most = max(1, sum(left.values()) - len(left) * 2)
        kinds: list[str] = []
        while len(kinds) < min(wanted, most):
            for kind in self.chance.sample(list(left), len(left)):
                if left[kind]:
                    left[kind] -= 1
                    kinds.append(kind)
        kinds = kinds[: min(wanted, most)]
        if self.chance.random() < 0.6:
            kinds.sort(key=KINDS.index)
        dealt: list[str] = []
        return [
            self._reworded(self.word(self._next(topic.fragments[kind], dealt))) for kind in kinds
        ]

    def _reworded(self, sentence: str) -> str:
        """Return a sentence with some of its phrases in other words."""
        for phrase, others in self.wordings:

            def chosen(found: re.Match[str], others: list[str] = others) -> str:
                return self.chance.choice(others) if self.chance.random() < 0.6 else found[0]

            sentence = phrase.sub(chosen, sentence)
        return sentence

    def _in_a_hand(self, parts: list[str]) -> str:
        """Join sentences as somebody would type them: paragraphs, slips, no capitals, and so on."""
        hand = self.chance.random()
        between = "\n\n" if len(parts) > 4 and hand > 0.7 else " "
        text = between.join(parts)
        if hand < 0.07:
            return text.lower().rstrip(".")
        if hand < 0.10:
            return text.replace(". ", ", ").rstrip(".")
        if hand < 0.12 and len(text) < 200:
            return text.upper()
        if hand < 0.17:
            return text.rstrip(".") + "!!"
        if hand < 0.30:
            for _ in range(self.chance.randint(1, 3)):
                text = self._slip(text)
        return text

    def _slip(self, text: str) -> str:
        """Return a text with one slip of the finger in a longer word."""
        words = list(re.finditer(r"[a-z]{5,}", text))
        if not words:
            return text
        word = self.chance.choice(words)
        at = word.start() + self.chance.randint(1, len(word[0]) - 3)
        slip = self.chance.choice(["swap", "drop", "double"])
        if slip == "swap":
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if slip == "drop":
            return text[:at] + text[at + 1 :]
        return text[:at] + text[at] + text[at:]


def _lower_first(sentence: str) -> str:
    first = sentence.split(" ", 1)[0]
    keeps = first in {"I", "County", "Crack", "CCTV"} or first.isupper() or first.startswith("I'")
    return sentence if keeps else sentence[:1].lower() + sentence[1:]
