"""Answers whose themes, letters and personal details are known because they were planted."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

Planted = list[tuple[str, str]]

# Each theme: who or what, what happens, where or when. Combined freely, so that no two answers
# are copies of one letter.
TOPICS = {
    "foot patrols": (
        ["officers on foot", "police patrols", "bobbies on the beat", "a visible patrol"],
        ["walking past the shops", "seen on the street", "out after dark", "known by name"],
        ["in the evening", "near the station", "on our estate", "along the high road"],
    ),
    "stop and search": (
        ["stop and search", "searches without a reason", "being searched", "search powers"],
        ["used fairly", "explained to young black men", "recorded on camera", "applied to my son"],
        ["every time", "without prejudice", "on the pavement", "outside college"],
    ),
    "victims": (
        ["victims", "victims of crime", "a witness", "survivors and victims"],
        ["kept informed about the case", "offered counselling", "told the court date"],
        ["by one contact", "until the trial", "after reporting", "through the process"],
    ),
    "knife crime": (
        ["knife crime", "gangs with knives", "stabbings", "teenagers carrying knives"],
        ["prevented with youth clubs", "met with mentors", "discussed with parents"],
        ["in schools", "among boys", "before the holidays", "through sport"],
    ),
    "women": (
        ["women and girls", "women alone", "harassment of women", "violence against women"],
        ["safe walking home", "followed by men", "believed about domestic abuse"],
        ["at night", "on the bus", "in the park", "from the tube"],
    ),
    "traffic": (
        ["speeding cars", "dangerous driving", "e-scooters on pavements", "drivers on phones"],
        ["caught by cameras", "slowed by traffic calming", "fined for speeding"],
        ["past the nursery", "at the crossing", "on residential roads", "at rush hour"],
    ),
}
OPENINGS = [
    "I want {}",
    "What matters is {}",
    "Please see to {}",
    "{}, above all",
    "My priority is {}",
    "{}",
]
CLOSINGS = [
    "",
    "It has worried us for years",
    "My family would agree",
    "Nothing else comes close",
    "I say so as a nurse",
    "We spoke about it at work",
    "You asked and this is it",
    "Money should follow",
    "So say my friends",
]


@pytest.fixture(scope="session")
def planted() -> Callable[[int, int], Planted]:
    """Return a maker of so many answers with their themes, from a seed."""

    def make(answers: int, seed: int) -> Planted:
        chance = random.Random(seed)
        made = []
        for _ in range(answers):
            topic = chance.choice(sorted(TOPICS))
            parts = [
                chance.choice(OPENINGS).format(
                    " ".join(chance.choice(part) for part in TOPICS[topic])
                )
                for _ in range(2)
            ]
            parts.append(chance.choice(CLOSINGS))
            made.append((". ".join(part[:1].upper() + part[1:] for part in parts if part), topic))
        return made

    return make


LETTERS = (
    """I am writing to object to the closure of the front counter at our police station. For many
years people in this neighbourhood have relied on being able to walk in and speak to an officer.

Older residents, people without the internet and victims who are afraid to telephone from home will
be left with nowhere to go. The plan promises to rebuild trust, and this does the opposite.

I ask the Mayor to keep the counter open at least five days a week, to publish the costs behind the
proposal, and to consult the ward panel before any building is sold.""",
    """Please put road danger at the heart of the plan. Every week somebody in London is killed or
seriously hurt by a driver, and yet traffic policing hardly appears among the priorities.

I want average speed cameras on the main roads, more officers in roads policing, and dangerous
drivers banned for longer. Hit and run victims should get the same support as other victims.

Our streets should be safe enough for children to cycle to school without fear.""",
)
STORIES = (
    "My own mother is eighty two and would never report a crime on a website, she has no computer.",
    "Last winter I was nearly knocked down outside the chemist with a pushchair and nobody came.",
    "As a shift worker on the night bus I see what happens after the pubs close and it scares me.",
    "We moved here from Leeds years ago and have seen the area change a great deal since then.",
)
SWAPS = [
    "local",
    "important",
    "serious",
    "community",
    "simply",
    "better",
    "council",
    "borough",
    "quickly",
    "clearly",
]


def _rewritten(letter: str, chance: random.Random) -> str:
    """Return the letter with words swapped and perhaps a paragraph cut or a story added."""
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


@pytest.fixture(scope="session")
def rewritten() -> Callable[[int, int], Planted]:
    """Return a maker of so many edited copies of each letter, with the letter's number."""

    def make(copies: int, seed: int) -> Planted:
        chance = random.Random(seed)
        return [
            (_rewritten(letter, chance), str(number))
            for number, letter in enumerate(LETTERS)
            for _ in range(copies)
        ]

    return make
