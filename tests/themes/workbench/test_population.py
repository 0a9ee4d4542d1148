"""Population figures in the admin: checked, accepted, replaced and taken back; role by role."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import factories
from tests.themes.peoples import SOURCE, csv_of, make_population

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes.models import PopulationTable

IMPORTER = ("themes.add_populationtable",)
AGES = {"age-band": {"one": 700, "other": 300}}


@pytest.fixture
def survey():
    return factories.make_survey()


@pytest.fixture
def officer(client):
    user = factories.make_user(*IMPORTER)
    client.force_login(user)
    return user


def address(name, *of):
    return reverse(f"themes:{name}", args=of)


def send(client, survey, content, name="people.csv"):
    return client.post(
        address("population", survey.pk), {"file": SimpleUploadedFile(name, content)}
    )


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def accept(client, survey, checked):
    form = page_of(checked).find("form", action=address("accept_population", survey.pk))
    fields = {each["name"]: each["value"] for each in form("input", type="hidden")}
    return client.post(form["action"], fields, follow=True)


def test_a_file_is_looked_at_before_anything_is_kept(client, survey, officer):
    checked = send(client, survey, csv_of(AGES))
    text = page_of(checked).get_text(" ")
    assert "Nothing is in use yet." in text
    assert SOURCE in text
    assert "70.0%" in text
    assert not PopulationTable.objects.exists()


def test_accepted_figures_are_in_use_and_recorded(client, survey, officer):
    accepted = accept(client, survey, send(client, survey, csv_of(AGES)))
    assert f"In use now, from {SOURCE}" in accepted.content.decode()
    table = PopulationTable.objects.get()
    assert (table.imported_by, table.file_name) == (officer, "people.csv")
    assert {each.level: each.figure for each in table.margins.all()} == AGES["age-band"]
    assert AuditRecord.objects.filter(act="population figures imported", by=officer).exists()


def test_a_file_with_faults_says_where_and_keeps_nothing(client, survey, officer):
    checked = send(client, survey, csv_of({"age-band": {"one": 700, "third": 300}}))
    assert checked.status_code == 422
    alert = page_of(checked).find(role="alert").get_text(" ")
    assert "“people.csv” is not right yet, and nothing was changed" in alert
    assert "Row 3, column level" in alert
    assert not page_of(checked).find("form", action=address("accept_population", survey.pk))
    assert not PopulationTable.objects.exists()


def test_no_file_is_said(client, survey, officer):
    checked = client.post(address("population", survey.pk), {})
    assert checked.status_code == 422
    assert "No file was chosen" in page_of(checked).find(role="alert").get_text()


@pytest.mark.parametrize("content", ["", "%%%", "bm90IGEgdGFibGU="])
def test_what_was_changed_on_the_way_is_checked_again(client, survey, officer, content):
    sent = {"name": "people.csv", "content": content}
    response = client.post(address("accept_population", survey.pk), sent)
    assert response.status_code == 422
    assert not PopulationTable.objects.exists()


def test_figures_are_taken_back(client, survey, officer):
    make_population(survey, AGES)
    (later,) = make_population(survey, {"age-band": {"one": 5, "other": 5}})
    told = client.post(address("undo_population", later.pk), follow=True).content.decode()
    assert f"those of {SOURCE} are in use again" in told
    assert PopulationTable.objects.get(standing="current").margins.first().figure == 700
    again = client.post(address("undo_population", later.pk), follow=True).content.decode()
    assert "not in use any more" in again


def test_the_file_to_fill_in_has_every_level_and_no_declining(client, officer):
    survey = factories.make_survey(
        questions=[
            factories.monitoring(
                "age-band",
                options=(("one", "=One"), ("prefer-not-to-say", "Prefer not to say")),
            )
        ]
    )
    sent = client.get(address("population_file", survey.pk)).content.decode()
    assert list(csv.reader(io.StringIO(sent))) == [
        ["question", "level", "label", "people", "source", "licence", "day"],
        ["age-band", "one", "'=One", "", "", "", ""],
    ]


def test_the_list_says_what_has_figures(client, survey, officer):
    make_population(survey, AGES)
    (row,) = page_of(client.get(address("populations"))).select("tbody tr")
    assert [cell.get_text().strip() for cell in row("td")] == [survey.title, "2", "1"]


ADDRESSES = ("populations", "population", "accept_population", "population_file", "undo_population")


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (IMPORTER, set(ADDRESSES)),
        (("themes.confirm_themes",), set()),
        (("responses.view_response",), set()),
        (None, set()),
    ],
)
def test_each_address_for_each_role(client, survey, permissions, may):
    if permissions is not None:
        client.force_login(factories.make_user(*permissions))
    (table,) = make_population(survey, AGES)
    told = AuditRecord.objects.count()
    found = set()
    for name in ADDRESSES:
        of = {"populations": [], "undo_population": [table.pk]}.get(name, [survey.pk])
        method = client.post if name in {"accept_population", "undo_population"} else client.get
        response = method(address(name, *of))
        refused = response.status_code == 302 and (
            response.url == reverse("wagtailadmin_home") or "login" in response.url
        )
        if not refused and response.status_code in {200, 302, 422}:
            found.add(name)
    assert found == may
    assert (AuditRecord.objects.count() == told) is not bool(may)
