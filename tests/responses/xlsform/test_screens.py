from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import factories
from tests.responses import asking
from tests.responses.xlsform import books

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.admin.doors import doors_of
from folkmoot.publishing.roles import ANALYSTS, APPROVERS, OFFICERS, begin_roles
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import survey_form
from folkmoot.responses.xlsform import read_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.make_user(is_superuser=True)
    client.force_login(user)
    return user


def address(consultation):
    return reverse("responses:make_from_xlsform", args=[consultation.pk])


def looked_at(client, consultation, content):
    upload = SimpleUploadedFile("form.xlsx", content)
    return client.post(address(consultation), {"workbook": upload})


def hidden(response):
    found = asking.parsed(response).find("input", {"name": "looked-at"})
    return found["value"] if found else ""


def test_a_survey_is_made_only_after_it_was_looked_at(client, officer):
    consultation = factories.make_consultation()
    look = looked_at(client, consultation, books.travel_survey())
    text = asking.parsed(look).get_text(" ", strip=True)
    assert look.status_code == 200
    assert "9 questions on 1 page" in text
    assert "Sheet survey, row 11, column relevant" in text
    assert "Shown only if they chose “Yes” at question 3." in text
    assert not Survey.objects.exists()
    made = client.post(address(consultation), {"looked-at": hidden(look), "title": "Ways to work"})
    survey = Survey.objects.child_of(consultation).get()
    assert made["Location"] == reverse("wagtailadmin_pages:edit", args=[survey.pk])
    assert (survey.title, survey.live, survey.owner) == ("Ways to work", False, officer)
    assert len(survey_form(survey).questions) == 9
    assert survey.consent
    assert AuditRecord.objects.filter(act="survey made from an XLSForm").count() == 1
    assert client.get(made["Location"]).status_code == 200


def test_a_survey_with_every_kind_comes_back_from_its_own_workbook(client, officer):
    survey = asking.every_kind()
    survey.save_revision()
    content = client.get(reverse("responses:survey_xlsform", args=[survey.pk]))
    assert content["Content-Disposition"].endswith('xlsform.xlsx"')
    look = looked_at(client, survey.consultation, content.content)
    assert "Not taken as it stands" not in look.content.decode()
    client.post(address(survey.consultation), {"looked-at": hidden(look)})
    again = Survey.objects.child_of(survey.consultation).exclude(pk=survey.pk).get()
    assert survey_form(again).questions == survey_form(survey).questions
    assert (again.title, again.consent, again.minutes) == (
        survey.title,
        survey.consent,
        survey.minutes,
    )


def test_links_in_a_workbook_have_whole_addresses(client, officer):
    survey = asking.three_steps()
    survey.steps[0].value[
        "introduction"
    ].source = f'<p>Read <a linktype="page" id="{survey.consultation.pk}">the draft</a>.</p>'
    survey.save()
    survey.save_revision()
    content = client.get(reverse("responses:survey_xlsform", args=[survey.pk])).content
    assert f'href="{survey.consultation.full_url}"' in read_workbook(content).introductions[1]


def test_a_workbook_with_faults_makes_nothing(client, officer):
    consultation = factories.make_consultation()
    content = books.workbook([["type", "name", "label"], ["select_one nowhere", "a", "A?"]])
    look = looked_at(client, consultation, content)
    assert look.status_code == 422
    assert "Sheet survey, row 2, column type: there is no list nowhere" in look.content.decode()
    assert not hidden(look)


def test_a_broken_file_is_refused_and_makes_nothing(client, officer):
    consultation = factories.make_consultation()
    response = looked_at(client, consultation, b"no workbook")
    assert response.status_code == 422
    assert "is no Excel workbook" in response.content.decode()
    assert not Survey.objects.exists()


def test_what_was_looked_at_cannot_be_changed_or_used_elsewhere(client, officer):
    consultation, other = factories.make_consultation(), factories.make_consultation()
    said = hidden(looked_at(client, consultation, books.travel_survey()))
    for where, sent in ((consultation, f"{said}x"), (other, said)):
        response = client.post(address(where), {"looked-at": sent})
        assert "choose the workbook again" in response.content.decode()
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("role", "may_make", "may_download"),
    [(OFFICERS, True, True), (APPROVERS, True, True), (ANALYSTS, False, True), ("", False, False)],
)
def test_who_may_role_by_role(client, role, may_make, may_download):
    survey = asking.three_steps()
    survey.save_revision()
    begin_roles()
    user = factories.make_user()
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    made = client.get(address(survey.consultation))
    assert (made.status_code == 200) is may_make
    doors = [door["words"] for door in doors_of(survey.consultation, user)]
    assert ("Make a survey from an XLSForm" in doors) is may_make
    downloaded = client.get(reverse("responses:survey_xlsform", args=[survey.pk]))
    assert (downloaded.status_code == 200) is may_download
