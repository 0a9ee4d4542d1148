"""The letters that many people send, each a little changed by hand."""

from __future__ import annotations

from dataclasses import dataclass

from folkmoot.demo.voices import WORDINGS, Composer, Topic


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a campaign wrote for people to send."""

    key: str
    question: str
    topic: str
    copies: int
    sentences: list[str]


def send(letter: Letter, composer: Composer, personal: Topic) -> str:
    """Return one copy of a letter, as somebody sent it.

    A third send it as it came; others swap words, cut a sentence, or add one of their own.
    """
    chance = composer.chance
    swaps, cuts, adds = (chance.random() < share for share in (0.45, 0.25, 0.22))
    if chance.random() < 0.33:
        swaps = cuts = adds = False
    sentences = list(letter.sentences)
    if cuts:
        sentences.pop(chance.randrange(1, len(sentences)))
    written = [
        composer.word(sentence) if swaps and chance.random() < 0.6 else as_printed(sentence)
        for sentence in sentences
    ]
    if adds:
        story = composer.deal(personal.fragments["story"])
        written.insert(chance.choice([0, len(written)]), story)
    return "\n\n".join(written) if chance.random() < 0.4 else " ".join(written)


def as_printed(sentence: str) -> str:
    """Return a sentence of a letter in its first wording."""
    return WORDINGS.sub(lambda found: found[1].split("|")[0], sentence)
