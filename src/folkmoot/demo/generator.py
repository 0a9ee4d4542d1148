"""Generates the responses of the demonstration: varied, plausible, and nobody's.

A fixed seed: the same version writes the same responses, byte for byte. 1,364 responses to the
survey and two written ones make 1,366 people, as the real consultation counted them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from folkmoot.demo import people
from folkmoot.demo.letters import Letter, send
from folkmoot.demo.pack import LONDON, read_yaml
from folkmoot.demo.submission_times import submission_times
from folkmoot.demo.variety import Variety
from folkmoot.demo.voices import Composer, read_slots, read_topics, read_wordings

SEED = 20211116
SURVEY_RESPONSES = 1364
PAPER_SHARE = 0.03
# Sentences of an answer, with the share of people who write so many.
LENGTHS = {1: 0.20, 2: 0.26, 3: 0.22, 4: 0.14, 5: 0.09, 6: 0.06, 8: 0.03}
# How often an answer that reads like a copy of others is composed anew.
ATTEMPTS = 30
# Answers that say nothing, speak of something else, or are only angry; and how many of each kind.
ASIDE_SHARE = 0.057
ASIDES = {"nothing": 30, "off-topic": 20, "angry": 7}
# Where the text of a letter or e-mail stands that answers no survey.
WRITTEN = "letter"
QUESTIONS = ("matters-most", "change-draft", "victims-helped")
# Share of people who answer each question in their own words.
ANSWERED = {"matters-most": 0.93, "change-draft": 0.58}
ANSWERED_BY_ORGANISATIONS = {"matters-most": 1.0, "change-draft": 1.0}


@dataclass(slots=True)
class Generated:
    """A response as somebody might have sent it, and what its maker knows of it.

    `topics` are the topics of each free-text answer, the main one first; `planted` are the
    personal details hidden in it. Neither is ever stored.
    """

    channel: str
    submitted_at: datetime
    answers: dict[str, str | list[str]]
    monitoring: dict[str, str] = field(default_factory=dict)
    organisation: str = ""
    may_be_quoted: bool = True
    in_survey: bool = True
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letter: str = ""
    planted: tuple[str, ...] = ()


def generate(
    opens_at: datetime, closes_at: datetime, voices: Path = LONDON / "voices"
) -> list[Generated]:
    """Return all responses, oldest first, submitted in opens_at <= time < closes_at."""
    writer = _Writer(random.Random(SEED), voices)
    letters = [Letter(**letter) for letter in read_yaml(voices / "letters.yaml")]
    senders: list[Letter | str | None] = [
        letter for letter in letters for _ in range(letter.copies)
    ]
    senders += writer.register.organisations
    senders += [None] * (SURVEY_RESPONSES - len(senders))
    writer.chance.shuffle(senders)
    times = submission_times(writer.chance, SURVEY_RESPONSES, opens_at, closes_at)
    responses = [writer.response(at, sender) for at, sender in zip(times, senders, strict=True)]
    responses += writer.written(opens_at, closes_at)
    return sorted(responses, key=lambda response: response.submitted_at)


class _Writer:
    """Writes responses one after the other from one random source."""

    def __init__(self, chance: random.Random, voices: Path) -> None:
        self.chance = chance
        self.composer = Composer(
            chance,
            read_slots(voices / "slots.txt"),
            read_topics(voices / "around.txt"),
            read_wordings(voices / "wordings.txt"),
        )
        self.topics = {question: read_topics(voices / f"{question}.txt") for question in QUESTIONS}
        self.variety = {question: Variety() for question in QUESTIONS}
        self.register = people.Register(chance, read_yaml(voices / "people.yaml"))

    def response(self, at: datetime, sender: Letter | str | None) -> Generated:
        """Return the response of somebody who sends a letter, of an organisation, or of another."""
        person = self.register.person()
        response = Generated(
            channel="paper" if self.chance.random() < PAPER_SHARE else "web",
            submitted_at=at,
            answers={},
            may_be_quoted=self.chance.random() < 0.82,
        )
        if isinstance(sender, Letter):
            response.letter = sender.key
            personal = self.topics["matters-most"][sender.topic]
            response.answers[sender.question] = send(sender, self.composer, personal)
            response.topics[sender.question] = (sender.topic,)
        elif isinstance(sender, str):
            response.organisation = sender
            self._write(response, ANSWERED_BY_ORGANISATIONS, as_organisation=True)
        else:
            victims = {"victims-helped": 0.78 if person.was_victim else 0.1}
            self._write(response, ANSWERED | victims, as_organisation=False)
            if self.chance.random() < 0.05:
                self._plant(response)
        if not response.organisation:
            response.monitoring = person.monitoring
        about = response.topics.get("matters-most")
        response.answers |= self.register.closed_answers(person, about[0] if about else "")
        return response

    def _write(
        self, response: Generated, shares: dict[str, float], *, as_organisation: bool
    ) -> None:
        for question, share in shares.items():
            if self.chance.random() < share:
                text, about = self._answer(question, as_organisation=as_organisation)
                response.answers[question], response.topics[question] = text, about

    def _answer(self, question: str, *, as_organisation: bool) -> tuple[str, tuple[str, ...]]:
        """Return an answer and its topics, composed anew while it reads like a copy of others."""
        if not as_organisation and self.chance.random() < ASIDE_SHARE:
            return self.composer.aside(
                self.chance.choices(list(ASIDES), list(ASIDES.values()))[0]
            ), ()
        for _ in range(ATTEMPTS):
            text, about = self._composed(question, as_organisation=as_organisation)
            if self.variety[question].admits(text):
                break
        return text, about

    def _composed(self, question: str, *, as_organisation: bool) -> tuple[str, tuple[str, ...]]:
        topics = list(self.topics[question].values())
        weights = [topic.weight for topic in topics]
        sentences = self.chance.choices(list(LENGTHS), list(LENGTHS.values()))[0]
        if as_organisation:
            sentences = self.chance.randint(4, 7)
        chosen = self.chance.choices(topics, weights)
        if sentences > 2 and self.chance.random() < 0.22:
            second = self.chance.choices(topics, weights)[0]
            chosen += [second] if second is not chosen[0] else []
        text = self.composer.answer(chosen, sentences)
        if as_organisation:
            text = f"{self.composer.aside('organisations')} {text}"
        return text, tuple(topic.key for topic in chosen)

    def _plant(self, response: Generated) -> None:
        """Hide personal details in an answer, for redaction to find."""
        for question in QUESTIONS:
            if response.topics.get(question):
                sentence, response.planted = self.register.personal_details()
                response.answers[question] = f"{response.answers[question]} {sentence}"
                return

    def written(self, opens_at: datetime, closes_at: datetime) -> list[Generated]:
        """Return an e-mail and a letter that answer no survey."""
        rows = (("email", 0.42, ("ward-officers", "burglary")), ("letter", 0.71, ("antisocial",)))
        return [
            Generated(
                channel=channel,
                submitted_at=opens_at + (closes_at - opens_at) * moment,
                answers={
                    WRITTEN: self.composer.answer(
                        [self.topics["matters-most"][key] for key in about], 8
                    )
                },
                in_survey=False,
                topics={WRITTEN: about},
            )
            for channel, moment, about in rows
        ]
