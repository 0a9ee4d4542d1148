"""The invented people of the demonstration: who they are, and how they tick boxes.

They are not London's people, so that weighting has something to do: older, whiter, more often
women, and more often owners of their homes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

AGES = {
    "age-16-24": 5,
    "age-25-34": 12,
    "age-35-44": 16,
    "age-45-54": 19,
    "age-55-64": 22,
    "age-65-plus": 26,
}
SEXES = {"female": 55, "male": 45}
ETHNIC_GROUPS = {"white": 73, "asian": 10, "black": 8, "mixed": 5, "other": 4}
DISABILITY = {"limited-a-lot": 7, "limited-a-little": 13, "not-limited": 80}
OWNERS = {"own": 78, "rent-social": 9, "rent-private": 11, "another-way": 2}
YOUNGER = {"own": 45, "rent-social": 14, "rent-private": 36, "another-way": 5}
PARTS = {"central": 14, "north": 24, "east": 17, "south": 27, "west": 15, "outside": 3}
AGREEMENT = {
    "agree-violence": {"strongly-agree": 62, "agree": 26, "neither": 5, "disagree": 3},
    "agree-trust": {"strongly-agree": 45, "agree": 29, "neither": 12, "disagree": 8},
    "agree-victims": {"strongly-agree": 51, "agree": 33, "neither": 9, "disagree": 3},
    "agree-exploitation": {"strongly-agree": 55, "agree": 29, "neither": 9, "disagree": 3},
}
SAFETY = {"very-safe": 12, "fairly-safe": 43, "a-bit-unsafe": 28, "very-unsafe": 9}
# What somebody ticks who writes about a topic; others tick by chance.
WANTS = {
    "patrols": "patrol",
    "phone-theft": "patrol",
    "ward-officers": "patrol",
    "antisocial": "patrol",
    "burglary": "investigate",
    "reporting": "inform",
    "knife-youth": "young-people",
    "road-safety": "roads",
    "drugs": "drugs",
}
CHANCES = {
    "patrol": 0.52,
    "investigate": 0.48,
    "inform": 0.27,
    "young-people": 0.36,
    "roads": 0.22,
    "drugs": 0.24,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who might answer: replies to the equality questions, and what they tick."""

    monitoring: dict[str, str]
    sex: str
    was_victim: bool


class Register:
    """Draws people, their ticks and their personal details from one random source."""

    def __init__(self, chance: random.Random, names: dict[str, Any]) -> None:
        self.chance = chance
        self.names = names
        self.organisations = [
            organisation + names["organisation_mark"] for organisation in names["organisations"]
        ]

    def person(self) -> Person:
        """Return a person; one in twelve skips the page, others now and then a question."""
        age, sex = self._one(AGES), self._one(SEXES)
        was_victim = self.chance.random() < 0.24
        older = age in {"age-45-54", "age-55-64", "age-65-plus"}
        replies = {
            "age-band": age,
            "sex": sex,
            "disability": self._one(DISABILITY),
            "ethnic-group": self._one(ETHNIC_GROUPS),
            "tenure": self._one(OWNERS if older else YOUNGER),
            "victim-in-last-year": "yes" if was_victim else "no",
        }
        skips_all = self.chance.random() < 0.08
        monitoring = {}
        for question, reply in replies.items():
            drawn = self.chance.random()
            if skips_all or drawn < 0.03:
                continue
            monitoring[question] = "prefer-not-to-say" if drawn < 0.075 else reply
        return Person(monitoring, sex, was_victim)

    def closed_answers(self, person: Person, main_topic: str) -> dict[str, str | list[str]]:
        """Return what somebody ticks who wrote mainly about a topic."""
        answers: dict[str, str | list[str]] = {}
        for question, shares in AGREEMENT.items():
            if self.chance.random() < 0.97:
                answers[question] = self._one({**shares, "strongly-disagree": 2, "do-not-know": 2})
        safety = dict(SAFETY)
        if person.sex == "female":
            safety |= {"a-bit-unsafe": 38, "very-unsafe": 15, "never-alone": 9}
        else:
            safety |= {"never-alone": 3}
        if self.chance.random() < 0.98:
            answers["safe-after-dark"] = self._one(safety)
        wanted = [
            want
            for want, share in CHANCES.items()
            if self.chance.random() < (0.92 if WANTS.get(main_topic) == want else share)
        ]
        if wanted:
            answers["do-more"] = wanted
        if self.chance.random() < 0.97:
            answers["part-of-london"] = self._one(PARTS)
        return answers

    def personal_details(self) -> tuple[str, tuple[str, ...]]:
        """Return a sentence that gives somebody away, and what in it must never be shown."""
        first, last = (
            self.chance.choice(self.names["first"]),
            self.chance.choice(self.names["last"]),
        )
        name = f"{first} {last}"
        email = f"{first}.{last}@example.org".lower()
        mobile = f"07700 900{self.chance.randrange(1000):03}"
        landline = f"020 7946 0{self.chance.randrange(1000):03}"
        district = self.chance.choice(self.names["districts"])
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        postcode = f"{district} {self.chance.randrange(1, 10)}{letters}"
        house = f"{self.chance.randrange(2, 180)} {self.chance.choice(self.names['roads'])}"
        forms: list[tuple[str, tuple[str, ...]]] = [
            (f"My name is {name} and you can ring me on {mobile}.", (name, mobile)),
            (f"Please contact me: {email} or {landline}.", (email, landline)),
            (f"Yours, {name}, {house}, London {postcode}", (name, house, postcode)),
            (
                f"I can tell you more if you call {mobile.replace(' ', '')}.",
                (mobile.replace(" ", ""),),
            ),
            (f"We live at {house}, {postcode}.", (house, postcode)),
            (f"Mrs {last} next door, {landline}, saw all of it.", (f"Mrs {last}", landline)),
            (f"My email is {email}", (email,)),
        ]
        return self.chance.choice(forms)

    def _one(self, shares: dict[str, int]) -> str:
        return self.chance.choices(list(shares), list(shares.values()))[0]
