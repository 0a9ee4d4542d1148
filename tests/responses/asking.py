"""A survey of three steps with a question of every kind, and how its pages are read and sent."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from altcha import solve_challenge_v1
from bs4 import BeautifulSoup
from tests import factories

from folkmoot.responses import proofs
from folkmoot.responses.blocks import QuestionsBlock
from folkmoot.responses.models import Survey

CONTACT = "<p>Write to plan@folkmoot.example.</p>"


def three_steps(**consultation: Any) -> Survey:
    survey = factories.make_survey(
        factories.make_consultation(
            contact=CONTACT, what_happens_next="<p>We read every answer.</p>", **consultation
        )
    )
    survey.steps = [
        step("Priorities", [choice("agree", required=True), choice("more", several=True)]),
        step("In your own words", [factories.text("change", "What would you change?")]),
        step("About you", [factories.monitoring("age-band", "How old are you?")]),
    ]
    survey.save()
    return survey


def step(title: str, questions: list[Any]) -> tuple[str, dict[str, Any]]:
    return "step", {"title": title, "introduction": "", "questions": questions}


def choice(key: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return factories.choice(key, f"Question {key}?", **fields)


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def token_of(response: Any) -> str:
    return str(parsed(response).find("input", {"name": "token"})["value"])


def work_of(response: Any) -> str:
    """Do the work that a check page asks of a browser, and return what the browser would send."""
    asked = parsed(response).find("input", {"name": proofs.FIELD})
    if asked is None:
        return ""
    given = {name: str(asked[f"data-{name}"]) for name in ("algorithm", "challenge", "salt")}
    found = solve_challenge_v1(**given, max_number=int(asked["data-most"]))
    solved = {**given, "number": found.number, "signature": str(asked["data-signature"])}
    return b64encode(json.dumps(solved).encode()).decode()


def sending(response: Any) -> dict[str, str]:
    """Return the fields with which a browser sends the response of a check page."""
    return {"token": token_of(response), proofs.FIELD: work_of(response)}


def send(client: Any, survey: Survey, where: str, /, **fields: Any) -> Any:
    """Fetch a page of the survey, and post its form with the token that it carried."""
    address = f"{survey.url}{where}/"
    return client.post(address, {"token": token_of(client.get(address)), **fields})


def answer_all(client: Any, survey: Survey) -> Any:
    """Answer every step as far as the check, and return the check page."""
    send(client, survey, "1", agree="agree", more=["agree", "neither"])
    send(client, survey, "2", change="More lights.\r\nFewer cars.", **{"may-be-quoted": "yes"})
    agreed = {"monitoring-consent": "yes", "respondent-kind": "individual"}
    send(client, survey, "3", **{"age-band": "one"}, **agreed)
    return client.get(f"{survey.url}check/")


def errors_of(response: Any) -> list[str]:
    summary = parsed(response).find(class_="error-summary")
    return [each.get_text(strip=True) for each in summary.find_all("li")] if summary else []


def option(code: str, label: str = "", **ticked: bool) -> dict[str, Any]:
    """Return an option, statement or point for a question's block."""
    return {"code": code, "label": label or code.replace("-", " ").capitalize(), **ticked}


def rule(question: str, test: str, value: str = "") -> tuple[str, dict[str, str]]:
    """Return a condition for "show only if"."""
    return "rule", {"question": question, "test": test, "value": value}


def question(kind: str, key: str, title: str = "", **fields: Any) -> tuple[str, dict[str, Any]]:
    """Return a question of a kind for a step; what is not said is as a new block has it."""
    new = dict(QuestionsBlock().child_blocks[kind].get_default())
    return kind, new | {"key": key, "title": title or f"Question {key}?", **fields}


def every_kind(picture: Any = None, **consultation: Any) -> Survey:
    """Return a survey with a question of every kind and conditions on five of them.

    `picture` is the map (see `factories.make_image`); without one the place is asked for in words.
    """
    survey = factories.make_survey(
        factories.make_consultation(
            contact=CONTACT, what_happens_next="<p>We read every answer.</p>", **consultation
        ),
        title="Every kind of question",
    )
    survey.steps = [
        step("Travel", travel_questions()),
        step("Views", view_questions()),
        step("Facts", fact_questions()),
        step("Places and files", place_questions(picture)),
        step("About you", [factories.monitoring("age-band", "How old are you?")]),
    ]
    survey.full_clean()
    survey.save()
    return survey


def travel_questions() -> list[Any]:
    return [
        question(
            "choice",
            "travel",
            "How do you mostly travel?",
            required=True,
            hint="Think of the last seven days.",
            why="To see whom the plan reaches.",
            may_decline=True,
            options=[
                option("walk", "On foot"),
                option("bus"),
                option("other", "Other, please say", asks_text=True),
            ],
        ),
        question(
            "choice",
            "worries",
            "What worries you on the way?",
            several=True,
            least=1,
            most=2,
            options=[
                option("lighting", "Poor lighting"),
                option("traffic"),
                option("crowds"),
                option("other", "Something else", asks_text=True),
                option("none", "None of these", is_exclusive=True),
            ],
        ),
        question(
            "short_text",
            "which-bus",
            "Which bus do you take?",
            shown_if=[rule("travel", "any-of", "bus")],
        ),
    ]


def view_questions() -> list[Any]:
    return [
        question("scale", "agree", "Do you agree with the plan?", scale="agreement", required=True),
        question(
            "grid",
            "streets",
            "How satisfied are you with your streets?",
            scale="satisfaction",
            do_not_know=True,
            may_decline=True,
            rows=[option("lighting"), option("cleaning"), option("policing")],
        ),
        question(
            "ranking",
            "first",
            "What should come first?",
            may_decline=True,
            most=3,
            options=[option("patrols"), option("lights"), option("youth-work"), option("courts")],
        ),
        question(
            "text",
            "why-dark",
            "What makes the lighting poor?",
            may_decline=True,
            shown_if=[
                rule("streets--lighting", "any-of", "fairly-dissatisfied, very-dissatisfied")
            ],
        ),
        question(
            "text",
            "why-patrols",
            "Why should patrols come first?",
            words_guide=50,
            shown_if=[rule("first", "first-is", "patrols")],
        ),
    ]


def fact_questions() -> list[Any]:
    return [
        question(
            "number",
            "minutes",
            "How long is your way to work?",
            lowest=0,
            highest=600,
            unit="minutes",
            may_decline=True,
        ),
        question("number", "cost", "What does it cost a week?", decimals=2, unit="£", lowest=0),
        question(
            "text",
            "long-way",
            "What would make so long a way easier?",
            shown_if=[rule("minutes", "at-least", "60")],
        ),
        question("date", "moved", "When did you move here?", may_decline=True),
        question("postcode", "postcode", "What is your postcode?", may_decline=True),
        question(
            "area", "borough", "Which borough do you live in?", areas="Camden\nHackney\nSutton"
        ),
    ]


def place_questions(picture: Any = None) -> list[Any]:
    edges = {"north": 51.7, "south": 51.3, "west": -0.5, "east": 0.3} if picture else {}
    return [
        question("place", "where", "Where do you feel unsafe?", picture=picture, **edges),
        question("file", "letter", "Do you want to send a document or a picture?", most=2),
    ]


EVERY_ANSWER = {
    "travel": ["other"],
    "travel--other": ["By cargo bike"],
    "worries": ["lighting", "other"],
    "worries--other": ["Wasps"],
    "agree": ["strongly-agree"],
    "streets--lighting": ["very-dissatisfied"],
    "streets--cleaning": ["do-not-know"],
    "streets--policing": ["prefer-not-to-say"],
    "first--patrols": ["1"],
    "first--youth-work": ["2"],
    "first--lights": ["3"],
    "why-dark": ["Half the lamps\nare out."],
    "why-patrols": ["=They calm people down"],
    "minutes": ["75"],
    "cost": ["1,234.50"],
    "long-way": ["Trains."],
    "moved--day": ["3"],
    "moved--month": ["9"],
    "moved--year": ["1998"],
    "postcode": ["nw1 6xe"],
    "borough": ["camden"],
    "where": ["The underpass"],
    "age-band": ["one"],
}
