"""The screens for files of responses: from the file to the register and back, role by role."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests import factories

from folkmoot.responses import access, tasks
from folkmoot.responses.acts.erasure import erase_import_file
from folkmoot.responses.models import ImportRun, Response

pytestmark = pytest.mark.django_db
ADMIN = "wagtailadmin.access_admin"
IMPORTS = ("responses.add_importrun", "responses.change_importrun")
FILE = (
    "ID,Start time,Completion time,Do you agree with agree?,What about change?\n"
    "1,11/20/2021 9:00,11/20/2021 9:05,Agree,=HYPERLINK(1)\n"
    "2,11/20/2021 9:00,11/20/2021 9:05,Aye,Fewer cars.\n"
)


@pytest.fixture
def survey():
    return factories.make_survey(questions=[factories.choice("agree"), factories.text("change")])


@pytest.fixture
def officer(client):
    user = factories.make_user(ADMIN, *IMPORTS)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def address(name: str, run: ImportRun) -> str:
    return reverse(f"responses:{name}", args=[run.pk])


def send(client, survey, content=FILE, name="forms.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(reverse("responses:imports"), {"survey": survey.pk, "file": file})


def form_of(page) -> dict[str, str]:
    """Return the fields of the page's form as a browser would send them."""
    found = BeautifulSoup(page.content, "html.parser")
    fields = {}
    for select in found.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        fields[select["name"]] = chosen["value"]
    for field in found.select("input[name]"):
        if field.get("type") != "checkbox" or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def words_of(page) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def test_an_officer_takes_a_file_to_the_register_and_back(
    client, officer, survey, django_capture_on_commit_callbacks
):
    send(client, survey)
    run = ImportRun.objects.get()
    columns = client.get(address("import_columns", run))
    assert "Read as an export of Microsoft Forms" in words_of(columns)
    client.post(address("import_columns", run), form_of(columns))
    checked = client.get(address("import", run))
    assert "“Aye” is none of the options" in words_of(checked)
    assert "Import 1 response" not in words_of(checked)

    fields = form_of(checked)
    (name,) = (each for each in fields if re.fullmatch(r"value-\d+", each))
    client.post(address("import_values", run), fields | {name: "code:agree"})
    matched = client.get(address("import", run))
    assert "Import 2 responses" in words_of(matched)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("import_start", run))
    asked = DBTaskResult.objects.get(task_path=tasks.import_file.module_path).args_kwargs
    assert "The file is being imported" in words_of(client.get(address("import", run)))
    tasks.import_file.func(*asked["args"])
    assert "2 responses joined the register" in words_of(client.get(address("import", run)))
    assert Response.objects.filter(answers__choices=["agree"]).count() == 2

    client.post(address("import_undo", run))
    assert not Response.objects.exists()
    assert "undone" in words_of(client.get(address("import", run)))
    again = client.get(reverse("responses:imports"))
    assert "forms.csv" in words_of(again)


def test_what_was_matched_is_proposed_for_the_next_file(client, officer, survey):
    send(client, survey)
    run = ImportRun.objects.get()
    fields = form_of(client.get(address("import_columns", run)))
    client.post(address("import_columns", run), fields | {"column-4": "ignore"})
    send(client, survey)
    after = client.get(address("import_columns", ImportRun.objects.first()))
    assert form_of(after)["column-4"] == "ignore"


def test_a_mapping_that_cannot_be_used_is_refused_and_kept_on_the_page(client, officer, survey):
    send(client, survey)
    run = ImportRun.objects.get()
    fields = form_of(client.get(address("import_columns", run)))
    twice = client.post(address("import_columns", run), fields | {"column-1": "question|agree"})
    assert twice.status_code == 422
    assert "are both to become the same thing" in words_of(twice)
    assert form_of(twice)["column-1"] == "question|agree"
    run.refresh_from_db()
    assert run.mapping["columns"]["Start time"] == "ignore"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.7", b"\x00" * 40])
def test_a_broken_file_is_refused_beside_the_field_and_nothing_is_kept(
    client, officer, survey, content
):
    page = send(client, survey, content)
    assert page.status_code == 422
    assert BeautifulSoup(page.content, "html.parser").select_one(".error-message")
    assert not ImportRun.objects.exists()


def test_faults_and_rows_are_downloads_that_no_spreadsheet_takes_for_formulas(
    client, officer, survey
):
    send(client, survey)
    run = ImportRun.objects.get()
    client.post(address("import_columns", run), form_of(client.get(address("import_columns", run))))
    faults = b"".join(client.get(address("import_faults", run))).decode("utf-8-sig")
    assert faults.splitlines()[1].startswith('3,D,Do you agree with agree?,"“Aye” is none')
    rows = b"".join(client.get(address("import_rows", run))).decode("utf-8-sig").splitlines()
    assert rows[1].endswith(",agree,'=HYPERLINK(1)")
    assert rows[2] == "3,nothing: it has faults"
    file = client.get(address("import_file", run))
    assert b"".join(file) == FILE.encode()
    assert file["Content-Disposition"].startswith("attachment")


def test_the_columns_ask_as_often_for_many_columns_and_remembered_files_as_for_few(
    client, officer, survey
):
    counts = []
    for columns in (1, 40):
        for more in range(3 if columns > 1 else 1):
            own = "".join(f",Own {more} {each}" for each in range(columns))
            empty = ",x" * columns
            send(client, survey, f"id,What about change?{own}\n1,Lights{empty}\n", "table.csv")
            run = ImportRun.objects.first()
            page = client.get(address("import_columns", run))
            client.post(address("import_columns", run), form_of(page))
        # What Wagtail asks once is asked before.
        client.get(address("import_columns", run))
        with CaptureQueriesContext(connection) as asked:
            client.get(address("import_columns", run))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_asks_as_often_for_many_rows_as_for_one(client, officer, survey):
    counts = []
    for rows in (1, 15):
        lines = "".join(f"{each},,11/20/2021 9:05,Agree,x\n" for each in range(rows))
        send(client, survey, FILE.splitlines()[0] + "\n" + lines)
        run = ImportRun.objects.first()
        client.post(
            address("import_columns", run), form_of(client.get(address("import_columns", run)))
        )
        # What Wagtail asks once is asked before.
        client.get(address("import", run))
        with CaptureQueriesContext(connection) as asked:
            client.get(address("import", run))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_file_that_was_erased_is_neither_sent_nor_an_error(client, officer, survey):
    send(client, survey)
    run = ImportRun.objects.get()
    client.post(address("import_columns", run), form_of(client.get(address("import_columns", run))))
    erase_import_file(ImportRun.objects.get())
    page = client.get(address("import", run))
    assert "The file is kept no longer" in words_of(page)
    assert client.get(address("import_file", run)).status_code == 404
    columns = client.get(address("import_columns", run), follow=True)
    assert "“forms.csv” is not kept here any more: choose the file again." in words_of(columns)
    for name in ("import_faults", "import_rows"):
        told = b"".join(client.get(address(name, run))).decode("utf-8-sig")
        assert "is not kept here any more" in told


ROLES = [
    ("officer", (ADMIN,), False, False),
    ("importer", (ADMIN, IMPORTS[0]), True, False),
    ("who may undo", (ADMIN, *IMPORTS), True, True),
    ("who may undo alone", (ADMIN, IMPORTS[1]), False, False),
    ("analyst", (ADMIN, "responses.view_response"), False, False),
]


@pytest.mark.parametrize(("role", "permissions", "may", "may_undo"), ROLES)
def test_only_those_who_were_given_it_import_and_undo(
    client, survey, role, permissions, may, may_undo
):
    user = factories.make_user(*permissions)
    assert (access.may_import(user), access.may_undo_imports(user)) == (may, may_undo)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("responses:imports"))
    # Wagtail leads whoever may not enter to its front page.
    assert page.status_code == (200 if may else 302)
    send(client, survey)
    assert ImportRun.objects.exists() is may
    if may:
        run = ImportRun.objects.get()
        ImportRun.objects.update(state="imported")
        client.post(address("import_undo", run))
        run.refresh_from_db()
        assert (run.state == "undone") is may_undo


def test_former_staff_and_visitors_import_nothing(client):
    former = factories.make_user(*IMPORTS, is_active=False)
    assert not access.may_import(former)
    assert client.get(reverse("responses:imports")).status_code == 302
