"""Answers of about 55 words made by drawing sentences of real answers with one human label."""

from __future__ import annotations

import csv
import os
import random
import re
import sys
from pathlib import Path

FILE = Path("responses") / "nhs-friends-and-family-phase1.csv"
WORDS = 55
SENTENCE = re.compile(r"(?<=[.!?])\s+")

LETTERS = (
    """I am writing to object to the closure of the front counter at our police station. For many
years people here have relied on being able to walk in and speak to an officer face to face.

Older residents, people without the internet and victims who are afraid to telephone from home
will be left with nowhere to go. The plan promises to rebuild trust and this does the opposite.

I ask the Mayor to keep the counter open at least five days a week, to publish the costs behind
the proposal, and to consult the ward panel before any building is sold.""",
    """Please put road danger at the heart of the plan. Every week somebody in London is killed or
seriously hurt by a driver, and yet traffic policing hardly appears among the priorities.

I want average speed cameras on the main roads, more officers in roads policing, and dangerous
drivers banned for longer. Hit and run victims should get the same support as other victims.

Our streets should be safe enough for children to cycle to school without fear.""",
    """As a member of a union for shop workers I ask you to treat assaults on retail staff as the
crimes they are. Colleagues are spat at, threatened and punched while they do their jobs.

When we ring, nobody comes. Managers have stopped reporting because nothing is done, and the
figures then say that there is no problem.

Give every town centre a named officer, answer calls from shops within the hour, and publish how
many assaults on staff led to a charge.""",
    """The night bus is how cleaners, nurses and waiters get home. Women tell us they are followed
from the stop, filmed on the top deck and pressed against in crowds.

We call for officers on the routes where this happens most, cameras that work, drivers who are
trained to step in, and a text line that is answered while the bus still runs.

Report each quarter on how many were caught. Promises without figures have been made before.""",
)
STORIES = (
    "My own mother is eighty two and would never report a crime on a website, she has no computer.",
    "Last winter I was nearly knocked down outside the chemist with a pushchair and nobody came.",
    "As a shift worker I see what happens after the pubs close and some nights it scares me.",
    "We moved here from Leeds years ago and have seen the area change a great deal since then.",
    "I have served in the same shop for nineteen years and know most who come through the door.",
    "My daughter is a student nurse and rings me every night until she has locked her front door.",
)
SWAPS = ("local", "important", "serious", "community", "simply", "better", "council", "borough")


def real_answers() -> list[dict[str, str]]:
    """Return the rows of real answers to a health service, with the labels that people gave."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    path = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside) / FILE
    if not path.is_file():
        sys.exit(f"No {FILE.name}: name the folder of the shared data in FOLKMOOT_SHARED_DATA.")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def made_answers(number: int, seed: int) -> tuple[list[str], list[str]]:
    """Return so many answers of about WORDS words and the label of the sentences of each."""
    chance = random.Random(seed)
    sentences: dict[str, list[str]] = {}
    labels = []
    for row in real_answers():
        said = [each for each in SENTENCE.split(row["feedback"].strip()) if each]
        sentences.setdefault(row["label"], []).extend(said)
        labels.append(row["label"])
    texts, drawn = [], []
    for _ in range(number):
        label = chance.choice(labels)
        said, words = [], 0
        while words < WORDS - 6:
            sentence = chance.choice(sentences[label])
            said.append(sentence if sentence[-1] in ".!?" else f"{sentence}.")
            words += sentence.count(" ") + 1
        texts.append(" ".join(said))
        drawn.append(label)
    return texts, drawn


def short_answers(number: int, labels: int, seed: int) -> tuple[list[str], list[str]]:
    """Return so many answers of two sentences, and the label of each: the commonest sub-codes.

    Both sentences were given the sub-code by people; the labels are equally common.
    """
    chance = random.Random(seed)
    sentences: dict[str, dict[str, None]] = {}
    for row in real_answers():
        own = sentences.setdefault(row["subcategory"], {})
        own.update(dict.fromkeys(each for each in SENTENCE.split(row["feedback"].strip()) if each))
    commonest = sorted(sentences, key=lambda each: (-len(sentences[each]), each))[:labels]
    pools = {label: list(sentences[label]) for label in commonest}
    drawn = [chance.choice(commonest) for _ in range(number)]
    return [" ".join(chance.choice(pools[label]) for _ in range(2)) for label in drawn], drawn


def chained_answers(number: int, seed: int) -> list[str]:
    """Return so many answers in which each word follows two that it follows in real answers.

    People who write on one subject share words and turns of phrase, yet no two of these were made
    from one letter.
    """
    chance = random.Random(seed)
    after: dict[tuple[str, str], list[str]] = {}
    opening = []
    for row in real_answers():
        said = row["feedback"].split()
        opening.extend([tuple(said[:2])] if len(said) > 2 else [])
        for one, two, three in zip(said, said[1:], said[2:], strict=False):
            after.setdefault((one, two), []).append(three)
    texts = []
    for _ in range(number):
        said = list(chance.choice(opening))
        for _ in range(chance.randrange(10, 2 * WORDS)):
            following = after.get((said[-2], said[-1]))
            said.extend([chance.choice(following)] if following else chance.choice(opening))
        texts.append(" ".join(said))
    return texts


def rewritten(letter: str, chance: random.Random) -> str:
    """Return a letter with words swapped, perhaps a paragraph cut and a personal story added."""
    paragraphs = letter.split("\n\n")
    if chance.random() < 0.4:
        paragraphs.pop(chance.randrange(len(paragraphs)))
    edited = [
        " ".join(
            chance.choice(SWAPS) if chance.random() < 0.06 else word for word in paragraph.split()
        )
        for paragraph in paragraphs
    ]
    if chance.random() < 0.5:
        edited.insert(chance.choice([0, len(edited)]), chance.choice(STORIES))
    return "\n\n".join(edited)
