"""A survey that asks only what concerns a respondent, as a browser without JavaScript meets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests import factories
from tests.responses.asking import choice, parsed, send, sending, step

from folkmoot.responses.models import Draft, Response, Survey

pytestmark = pytest.mark.django_db
YES_NO = (("yes", "Yes"), ("no", "No"))


@pytest.fixture(autouse=True)
def _open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2021-12-01"


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def rule(question: str, test: str = "any-of", value: str = "yes") -> tuple[str, dict[str, str]]:
    return "rule", {"question": question, "test": test, "value": value}


def only_if(made: tuple[str, dict[str, Any]], *rules: Any) -> tuple[str, dict[str, Any]]:
    kind, fields = made
    return kind, fields | {"shown_if": list(rules)}


def yes_no(key: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return choice(key, options=YES_NO, **fields)


@pytest.fixture
def survey() -> Survey:
    """Asks victims about reporting, those who did not report why, and everybody one more thing."""
    made = factories.make_survey()
    made.steps = [
        step("You", [yes_no("victim", required=True)]),
        only_if(
            step(
                "What happened",
                [
                    yes_no("reported", required=True),
                    only_if(factories.text("why-not", required=True), rule("reported", value="no")),
                ],
            ),
            rule("victim"),
        ),
        step("Anything else", [factories.text("else")]),
    ]
    made.save()
    return made


def titles(response: Any) -> list[str]:
    return [each.get_text() for each in parsed(response).select("legend, label.label")]


def test_a_step_that_does_not_concern_somebody_is_passed_by(client, survey):
    went = send(client, survey, "1", victim="no")
    assert went["Location"] == f"{survey.url}3/"
    page = client.get(went["Location"])
    assert "step 2 of 2" in parsed(page).title.get_text()
    assert parsed(page).select_one(".buttons a")["href"] == f"{survey.url}1/"
    # By its address it is not asked either.
    assert client.get(f"{survey.url}2/")["Location"] == f"{survey.url}3/"


def test_a_step_that_concerns_somebody_is_asked(client, survey):
    assert send(client, survey, "1", victim="yes")["Location"] == f"{survey.url}2/"
    assert titles(client.get(f"{survey.url}2/"))[0].startswith("2. Question reported?")


def test_an_answer_brings_up_a_question_on_its_own_page(client, survey):
    send(client, survey, "1", victim="yes")
    assert "why-not" not in client.get(f"{survey.url}2/").content.decode()
    went = send(client, survey, "2", reported="no")
    assert went["Location"] == f"{survey.url}2/?more=1#field-why-not"
    page = client.get(f"{survey.url}2/?more=1")
    assert "brings up a further question" in page.content.decode()
    assert parsed(page).select_one("input[name=reported][value=no]").has_attr("checked")
    # Now it has been seen, and is needed.
    refused = send(client, survey, "2", reported="no")
    assert refused.status_code == 422
    assert "Write an answer to" in refused.content.decode()
    onward = send(client, survey, "2", reported="no", **{"why-not": "Too slow"})
    assert onward["Location"] == f"{survey.url}3/"


def test_an_answer_that_no_longer_counts_is_kept_in_the_draft_and_not_sent(client, survey):
    send(client, survey, "1", victim="yes")
    send(client, survey, "2", reported="no")
    send(client, survey, "2", reported="no", **{"why-not": "Too slow"})
    send(client, survey, "1", victim="no")
    kept = Draft.objects.get()
    assert kept.answers["why-not"] == ["Too slow"]
    check = client.get(f"{survey.url}check/")
    assert "Too slow" not in check.content.decode()
    client.post(f"{survey.url}check/", sending(check))
    response = Response.objects.get()
    assert {answer.question for answer in response.answers.all()} == {"victim"}
    assert not Draft.objects.exists()


def test_what_was_typed_comes_back_when_it_counts_again(client, survey):
    send(client, survey, "1", victim="yes")
    send(client, survey, "2", reported="no")
    send(client, survey, "2", reported="no", **{"why-not": "Too slow"})
    send(client, survey, "1", victim="no")
    send(client, survey, "1", victim="yes")
    assert "Too slow" in client.get(f"{survey.url}2/").content.decode()


def test_a_required_question_off_the_way_never_blocks(client, survey):
    send(client, survey, "1", victim="no")
    check = client.get(f"{survey.url}check/")
    sent = client.post(f"{survey.url}check/", sending(check))
    assert sent.status_code == 303


def test_a_changed_answer_that_brings_a_needed_question_is_told_before_sending(client, survey):
    send(client, survey, "1", victim="yes")
    check = client.get(f"{survey.url}check/")
    refused = client.post(f"{survey.url}check/", sending(check))
    assert refused.status_code == 422
    assert "Step 2:" in refused.content.decode()
    assert not Response.objects.exists()


def test_an_answer_to_a_question_that_was_not_shown_is_kept_and_never_wrong(client, survey):
    send(client, survey, "1", victim="yes")
    # A page opened before, or another tab, may send it.
    went = send(client, survey, "2", reported="yes", **{"why-not": "Typed in another tab"})
    assert went["Location"] == f"{survey.url}3/"
    assert Draft.objects.get().answers["why-not"] == ["Typed in another tab"]


def test_what_was_typed_under_a_question_no_longer_asked_is_shown_when_refused(client, survey):
    send(client, survey, "1", victim="yes")
    forged = client.post(
        f"{survey.url}2/", {"token": "forged", "reported": "no", "why-not": "Long story"}
    )
    assert forged.status_code == 403
    assert "Long story" in forged.content.decode()


def test_the_last_step_that_somebody_comes_to_asks_who_answers(client):
    made = factories.make_survey()
    made.steps = [
        step("You", [yes_no("victim")]),
        only_if(step("What happened", [factories.text("story")]), rule("victim")),
    ]
    made.save()
    # Before the first answer the first step is the last.
    first = client.get(f"{made.url}1/")
    assert parsed(first).find("input", {"name": "respondent-kind"})
    went = send(client, made, "1", victim="yes", **{"respondent-kind": "individual"})
    assert went["Location"] == f"{made.url}2/"
    assert parsed(client.get(f"{made.url}2/")).find("input", {"name": "respondent-kind"})


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (
            [step("One", [only_if(yes_no("a"), rule("b")), yes_no("b")])],
            "which is asked later",
        ),
        (
            [step("One", [yes_no("a"), only_if(yes_no("b"), rule("a", value="perhaps"))])],
            "which is not offered",
        ),
        (
            [
                step("One", [yes_no("a", required=True)]),
                only_if(step("Two", [yes_no("b")]), rule("a"), rule("a", value="no")),
            ],
            "The page “Two” can never be seen",
        ),
        (
            [step("One", [yes_no("a"), only_if(yes_no("b"), rule("a", "at-least", "2"))])],
            "choose a number question",
        ),
    ],
)
def test_routing_that_cannot_work_is_refused_when_saved(steps, fault):
    made = factories.make_survey()
    made.steps = steps
    with pytest.raises(ValidationError) as refused:
        made.full_clean()
    assert fault in " ".join(refused.value.message_dict["steps"])


def test_a_group_holds_where_one_of_its_rules_does(client):
    made = factories.make_survey()
    either = ("one_of", [rule("a")[1], rule("b")[1]])
    made.steps = [
        step("One", [yes_no("a"), yes_no("b"), yes_no("c")]),
        only_if(step("Two", [factories.text("d")]), either, rule("c", "none-of", "no")),
        step("Three", [factories.text("e")]),
    ]
    made.full_clean()
    made.save()
    assert send(client, made, "1", a="no", b="yes", c="yes")["Location"] == f"{made.url}2/"
    assert send(client, made, "1", a="no", b="yes", c="no")["Location"] == f"{made.url}3/"
    assert send(client, made, "1", a="no", b="no", c="yes")["Location"] == f"{made.url}3/"


@pytest.mark.parametrize(
    ("test", "value", "is_right"),
    [
        ("any-of", "yes, no", True),
        ("any-of", " , ", False),
        ("at-least", "18", True),
        ("at-least", "eighteen", False),
        ("answered", "", True),
    ],
)
def test_a_rule_says_what_it_compares_with(test, value, is_right):
    from folkmoot.responses.blocks import RuleBlock

    block = RuleBlock()
    given = block.to_python({"question": "a", "test": test, "value": value})
    if is_right:
        assert block.clean(given)["test"] == test
    else:
        with pytest.raises(ValidationError):
            block.clean(given)
