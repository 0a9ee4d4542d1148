"""The screens beside a survey's editor: who sees what, and what they say."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.factories import make_user
from tests.responses.asking import parsed, step, three_steps
from wagtail.models import Page

from folkmoot.publishing.clock import now
from folkmoot.publishing.roles import ANALYSTS, APPROVERS, OFFICERS, begin_roles
from folkmoot.responses.acts import begin_draft, submit_response, submit_trial
from folkmoot.responses.models import Draft, Survey, TestSubmission
from folkmoot.responses.surveys.buttons import listing_buttons, survey_buttons

pytestmark = pytest.mark.django_db

SCREENS = ("try_survey", "survey_versions", "survey_tests")
MAY = {
    "anonymous": (),
    "staff": (),
    "former officer": (),
    "analyst": ("survey_versions",),
    "officer": SCREENS,
    "approver": SCREENS,
    "superuser": SCREENS,
}
GROUPS = {"officer": OFFICERS, "approver": APPROVERS, "analyst": ANALYSTS}


@pytest.fixture
def survey():
    return three_steps()


def signed_in(client, role):
    begin_roles()
    if role == "anonymous":
        return None
    user = make_user(is_superuser=role == "superuser")
    if (word := role.split()[-1]) in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[word]))
    client.force_login(user)
    if "former" in role:
        user.is_active = False
        user.save()
    return user


def address(name, survey):
    return reverse(f"responses:{name}", args=[survey.pk])


def opens(response):
    """Whether a screen was shown, or led to the test pages, and not to the sign-in or away."""
    if response.status_code == 302:
        return "/test/" in response.headers["Location"]
    return response.status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", MAY)
def test_each_role_sees_its_screens_and_no_other(client, survey, role, screen):
    signed_in(client, role)
    assert opens(client.get(address(screen, survey))) is (screen in MAY[role])


@pytest.mark.parametrize("role", MAY)
def test_tests_are_erased_by_those_who_may_edit_the_survey(client, survey, role):
    draft = begin_draft(survey, "test", now(), is_test=True)
    submit_trial(survey, draft, now(), 0)
    signed_in(client, role)
    client.post(address("clear_tests", survey))
    assert TestSubmission.objects.exists() is ("survey_tests" not in MAY[role])


def test_a_look_at_the_address_erases_nothing(client, survey):
    signed_in(client, "superuser")
    assert client.get(address("clear_tests", survey)).status_code == 405


@pytest.mark.parametrize("role", ["officer", "approver", "superuser"])
def test_the_editor_leads_to_all_three(client, survey, role):
    signed_in(client, role)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[survey.pk])).content.decode()
    for screen in SCREENS:
        assert address(screen, survey) in page


WAYS = {
    "officer": (
        "Try it as a respondent",
        "Tests",
        "Versions of the questions",
        "Responses in the register",
        "Export responses",
        "Form on paper (PDF)",
        "Form on paper, large print (PDF)",
        "Key paper forms",
        "Download as XLSForm",
    ),
    "analyst": (
        "Versions of the questions",
        "Responses in the register",
        "Export responses",
        "Form on paper (PDF)",
        "Form on paper, large print (PDF)",
        "Download as XLSForm",
    ),
    "staff": (),
}


@pytest.mark.parametrize("role", WAYS)
def test_beside_its_title_and_in_lists_a_survey_leads_to_all_that_somebody_may_see(
    client, survey, role
):
    user = signed_in(client, role)
    for offered in (survey_buttons(survey, user, "edit"), listing_buttons(survey, user)):
        assert tuple(button.label for button in offered) == WAYS[role]


def test_each_way_from_a_survey_leads_somewhere(client, survey):
    user = signed_in(client, "approver")
    for button in survey_buttons(survey, user, "edit"):
        assert client.get(button.url).status_code in (200, 302), button.label


def test_a_list_of_pages_offers_them_and_asks_nothing_more_for_each_survey(client, survey):
    user = signed_in(client, "officer")
    page = client.get(reverse("wagtailadmin_explore", args=[survey.get_parent().pk]))
    assert reverse("responses:export", args=[survey.pk]) in page.content.decode()
    list(listing_buttons(survey, user))
    another = Page.objects.get(pk=factories.make_survey(survey.consultation).pk).specific
    with CaptureQueriesContext(connection) as asked:
        list(listing_buttons(another, user))
    assert len(asked) == 0


def test_the_editor_of_another_page_leads_to_none(client, survey):
    signed_in(client, "superuser")
    consultation = survey.consultation
    page = client.get(reverse("wagtailadmin_pages:edit", args=[consultation.pk])).content.decode()
    assert "Try it as a respondent" not in page


def answered(survey, key):
    survey = Survey.objects.get(pk=survey.pk)
    draft = begin_draft(survey, key, now())
    draft.answers = {"agree": ["agree"]}
    draft.save()
    return submit_response(survey, draft, now())


def reworded(survey, title, **fields):
    survey.steps = [step("One", [factories.choice("agree", title, **fields)])]
    survey.save()


def test_versions_say_what_changed_and_how_many_answered_each(client, survey):
    signed_in(client, "superuser")
    reworded(survey, "Do you agree?")
    answered(survey, "one")
    reworded(survey, "Do you agree with us?")
    answered(survey, "two")
    survey.version_reason = "Undecided people were left out."
    options = (("agree", "Agree"), ("unsure", "Unsure"))
    reworded(survey, "Do you agree with us?", options=options)
    answered(survey, "three")
    answered(survey, "four")
    page = parsed(client.get(address("survey_versions", survey)))
    rows = page.find("table", class_="listing").find("tbody").find_all("tr")
    said = [row.get_text(" ", strip=True) for row in rows]
    assert [row.find("th").get_text(strip=True) for row in rows] == ["2.0", "1.1", "1.0"]
    assert "has the new option 'unsure'" in said[0]
    assert "Why: Undecided people were left out." in said[0]
    assert "“Do you agree?” reads “Do you agree with us?” now (agree)." in said[1]
    assert [row.find_all("td")[1].get_text(strip=True) for row in rows] == ["2", "1", "1"]


def test_what_the_newest_draft_would_change_is_said_before_it_is_published(client, survey):
    signed_in(client, "superuser")
    reworded(survey, "Do you agree?")
    survey.save_revision().publish()
    answered(survey, "one")
    draft = Survey.objects.get(pk=survey.pk)
    draft.steps = [step("One", [factories.choice("agree", "Better words?")])]
    draft.save_revision()
    page = parsed(client.get(address("survey_versions", survey)))
    ahead = page.find("section", {"aria-labelledby": "ahead"})
    assert ahead.find("h2").get_text(strip=True) == "In the newest draft: a correction, 1.1"
    assert [each.get_text() for each in ahead.find_all("li")] == [
        "“Do you agree?” reads “Better words?” now (agree)."
    ]


def test_a_test_is_listed_with_its_answers_in_words(client, survey):
    officer = signed_in(client, "superuser")
    draft = begin_draft(survey, "test", now(), is_test=True)
    draft.answers = {"agree": ["agree"], "change": ["More <b>lights</b>."]}
    draft.save()
    submission = submit_trial(survey, draft, now(), officer.pk)
    begin_draft(survey, "begun", now(), is_test=True)
    page = parsed(client.get(address("survey_tests", survey)))
    (row,) = page.find("table", class_="listing").find("tbody").find_all("tr")
    said = row.get_text(" ", strip=True)
    assert submission.reference in said
    assert "More <b>lights</b>." in said
    assert str(officer) in said
    assert "1 test was begun and not finished." in page.get_text()
    assert page.find(id="test-link")["value"].startswith(f"http://testserver{survey.url}test/")


def test_clearing_says_how_many_were_erased(client, survey):
    signed_in(client, "superuser")
    for key in ("one", "two"):
        submit_trial(survey, begin_draft(survey, key, now(), is_test=True), now(), 0)
    page = client.post(address("clear_tests", survey), follow=True).content.decode()
    assert "2 tests were erased" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("screen", ["survey_versions", "survey_tests"])
def test_the_number_of_queries_does_not_grow(client, survey, screen):
    signed_in(client, "superuser")

    def fill(many, first):
        for place in range(first, first + many):
            reworded(survey, f"Do you agree, {place}?")
            answered(survey, f"real-{place}")
            test = begin_draft(survey, f"test-{place}", now(), is_test=True)
            submit_trial(survey, test, now(), 0)

    fill(1, 0)
    client.get(address(screen, survey))
    with CaptureQueriesContext(connection) as few:
        client.get(address(screen, survey))
    fill(5, 1)
    with CaptureQueriesContext(connection) as many:
        client.get(address(screen, survey))
    assert len(many) <= len(few)
