"""Who answers, asked at the end: a person or an organisation, and what may be published."""

from __future__ import annotations

import pytest
from tests.responses.asking import answer_all, errors_of, parsed, send, sending, three_steps

from folkmoot.consultations.models import Respondent
from folkmoot.responses.models import Publication, Response

pytestmark = pytest.mark.django_db

ORGANISATION = {
    "respondent-kind": "organisation",
    "organisation": "Residents of Holly Lane",
    "respondent-name": "Ama Owusu",
    "respondent-role": "Chair",
    "respondent-authority": "yes",
    "respondent-publication": "named",
}


@pytest.fixture
def survey():
    return three_steps()


def sent_with(client, survey, **said):
    answer_all(client, survey)
    assert send(client, survey, "3", **said).status_code == 303
    check = client.get(f"{survey.url}check/")
    client.post(f"{survey.url}check/", sending(check))
    return Response.objects.select_related("respondent").get()


def test_an_organisation_says_its_name_who_writes_and_with_what_authority(client, survey):
    response = sent_with(client, survey, **ORGANISATION)
    respondent = response.respondent
    assert respondent.kind == Respondent.Kind.ORGANISATION
    assert respondent.organisation == "Residents of Holly Lane"
    assert (respondent.contact_name, respondent.contact_role) == ("Ama Owusu", "Chair")
    assert respondent.has_authority is True
    assert response.publication == Publication.NAMED


def test_no_authority_is_kept_and_stops_nothing(client, survey):
    response = sent_with(client, survey, **ORGANISATION | {"respondent-authority": "no"})
    assert response.respondent.has_authority is False


def test_only_the_name_of_the_organisation_is_needed(client, survey):
    only = {"respondent-kind": "organisation", "organisation": "The Ramblers"}
    response = sent_with(client, survey, **only)
    assert response.respondent.has_authority is None
    assert response.publication == Publication.NOT


@pytest.mark.parametrize(
    ("said", "kept"),
    [("", Publication.NOT), ("not", Publication.NOT), ("unnamed", Publication.UNNAMED)],
)
def test_a_person_says_whether_the_response_may_be_published(client, survey, said, kept):
    mine = {"respondent-kind": "individual", "respondent-publication": said}
    response = sent_with(client, survey, **mine)
    assert response.publication == kept
    assert response.respondent.kind == Respondent.Kind.INDIVIDUAL
    assert response.respondent.contact_name == ""


@pytest.mark.parametrize(
    ("said", "field", "error"),
    [
        (
            {"respondent-kind": "individual", "respondent-publication": "named"},
            "respondent-publication",
            "The name of a person is never published",
        ),
        (
            {"respondent-kind": "individual", "respondent-role": "Chair"},
            "respondent-role",
            "Choose 'An organisation' above",
        ),
        (
            {"respondent-kind": "organisation", "respondent-name": "Ama"},
            "organisation",
            "Write the name of the organisation",
        ),
        (
            ORGANISATION | {"respondent-authority": "perhaps"},
            "respondent-authority",
            "Choose whether you may answer for the organisation.",
        ),
        (
            ORGANISATION | {"respondent-publication": "everything"},
            "respondent-publication",
            "Choose whether your response may be published.",
        ),
        (
            ORGANISATION | {"respondent-name": "Ama\x00"},
            "respondent-name",
            "Your answer holds a character that cannot be kept",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(client, survey, said, field, error):
    sent = send(client, survey, "3", **said)
    assert sent.status_code == 422
    (found,) = errors_of(sent)
    assert found.startswith(error)
    page = parsed(sent)
    assert page.find(id=f"field-{field}-error").get_text() == found
    # The summary leads to what holds the error.
    assert page.find(id=page.find(class_="error-summary").find("a")["href"][1:]) is not None
    for name in ("organisation", "respondent-role"):
        assert page.find("input", {"name": name})["value"] == said.get(name, "")


def test_the_check_shows_all_that_was_said_with_the_way_to_change_it(client, survey):
    answer_all(client, survey)
    send(client, survey, "3", **ORGANISATION)
    page = parsed(client.get(f"{survey.url}check/"))
    rows = {
        term.get_text(strip=True): term.find_next("dd").get_text(strip=True)
        for term in page.find_all("dt")
    }
    assert rows["Whom do you answer for?"] == "Residents of Holly Lane"
    assert rows["Your name"] == "Ama Owusu"
    assert rows["May you answer for the organisation?"] == "Yes"
    assert rows["May we publish your response?"].startswith("Yes, with the name of the organ")
    assert page.find("a", href=f"{survey.url}3/#field-respondent-role") is not None
