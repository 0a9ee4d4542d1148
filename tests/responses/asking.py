"""A survey of three steps with a question of every kind, and how its pages are read and sent."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from tests import factories

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


def send(client: Any, survey: Survey, where: str, **fields: Any) -> Any:
    """Fetch a page of the survey, and post its form with the token that it carried."""
    address = f"{survey.url}{where}/"
    return client.post(address, {"token": token_of(client.get(address)), **fields})


def answer_all(client: Any, survey: Survey) -> Any:
    """Answer every step as far as the check, and return the check page."""
    send(client, survey, "1", agree="agree", more=["agree", "neither"])
    send(client, survey, "2", change="More lights.\r\nFewer cars.", **{"may-be-quoted": "yes"})
    send(client, survey, "3", **{"age-band": "one", "respondent-kind": "individual"})
    return client.get(f"{survey.url}check/")


def errors_of(response: Any) -> list[str]:
    summary = parsed(response).find(class_="error-summary")
    return [each.get_text(strip=True) for each in summary.find_all("li")] if summary else []
