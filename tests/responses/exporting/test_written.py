"""Letters, e-mails and points exported, and the files that were sent, by those who may."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import polars
import pyreadstat
import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import factories
from tests.responses import asking
from typer.testing import CliRunner

from folkmoot.accounts.models import AuditRecord
from folkmoot.cli.main import app
from folkmoot.consultations.intake import Point
from folkmoot.publishing import roles
from folkmoot.publishing.clock import now
from folkmoot.responses.acts import RegisterOfResponses
from folkmoot.responses.acts.exporting import begin_export, fetch_export, make_export
from folkmoot.responses.acts.letters import Written, keep_letter_draft, record_letter
from folkmoot.responses.acts.wording import erase_words
from folkmoot.responses.exporting.errors import ExportRefusedError
from folkmoot.responses.exporting.selection import Selection
from folkmoot.responses.models import Answer, Export, Response, SentFile

pytestmark = pytest.mark.django_db
READS, EXPORTS = "responses.view_response", "responses.add_export"
TEXT = "=We oppose paragraph 4.\nIt says nothing of lights."
FILES = Selection(with_files=True)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.VAR = tmp_path / "site"


@pytest.fixture
def officer():
    return factories.make_user(is_superuser=True)


@pytest.fixture
def consultation(officer):
    """A consultation with a letter that came as a file, an e-mail and a point, and a survey."""
    to = factories.make_survey().consultation
    factories.make_response(to.get_children().first().specific, {"change": "By the survey."})
    letter = Written(to, None, "letter", factories.OPENS, TEXT, "organisation", "Tenants of W2")
    file = SimpleUploadedFile("our: letter.txt", TEXT.encode())
    draft = keep_letter_draft(letter, now(), officer, file=file, extension="txt")
    record_letter(draft, {}, now(), officer)
    mail = Written(to, None, "email", factories.OPENS, "Dear all")
    record_letter(keep_letter_draft(mail, now(), officer), {}, now(), officer)
    RegisterOfResponses().record_points(to, [Point("More buses.")], now(), by=None)
    return to


def with_file(survey, name="plan.pdf", content=b"abc", question="letter") -> Response:
    """Return a response with one file on the disk."""
    response = factories.make_response(survey, {"travel": ["walk"]})
    sent = SentFile(response=response, question=question, name=name, extension="pdf")
    sent.bytes, sent.sha256, sent.came_at = len(content), "ab" * 32, response.submitted_at
    sent.file.save("kept.pdf", ContentFile(content), save=False)
    sent.save()
    Answer.objects.create(response=response, question=question, choices=[str(sent.pk)])
    return response


def made(of, selection=FILES, chosen="csv", user=None) -> zipfile.ZipFile:
    export = make_export(begin_export(of, chosen, selection, now(), user), now())
    assert export.state == Export.State.MADE
    return zipfile.ZipFile(export.file.open("rb"))


def table(archive, name) -> list[dict[str, str]]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_letter_e_mail_and_point_is_a_row_with_what_it_says(consultation):
    rows = table(made(consultation, Selection()), "responses.csv")
    said = [
        tuple(row[each] for each in ("channel", "respondent_kind", "organisation", "holds"))
        for row in rows
    ]
    assert said == [
        ("letter", "organisation", "Tenants of W2", "letter"),
        ("email", "individual", "[not asked]", "letter"),
        ("workshop", "[not asked]", "[not asked]", "point"),
    ]
    assert [row["text"] for row in rows] == [f"'{TEXT}", "Dear all", "More buses."]
    assert [row["files"] for row in rows] == ["1", "0", "0"]
    assert {row["reference"] for row in rows} == set(
        Response.objects.filter(survey=None).values_list("reference", flat=True)
    )
    assert "survey_version" not in rows[0]


def test_every_format_reads_back_the_same_letters(consultation, tmp_path):
    texts = [TEXT, "Dear all", "More buses."]
    sheet = openpyxl.load_workbook(
        io.BytesIO(made(consultation, chosen="xlsx").read("responses.xlsx"))
    )["Responses"]
    head, *lines = sheet.iter_rows(values_only=True)
    assert [line[head.index("text")] for line in lines] == [f"'{TEXT}", *texts[1:]]
    parquet = made(consultation, chosen="parquet").read("responses.parquet")
    assert polars.read_parquet(io.BytesIO(parquet))["text"].to_list() == texts
    path = tmp_path / "responses.sav"
    path.write_bytes(made(consultation, chosen="sav").read("responses.sav"))
    frame, _ = pyreadstat.read_sav(path)
    assert list(frame["text"]) == texts


def test_what_is_withdrawn_chosen_out_or_erased_is_told_apart(consultation):
    email = Response.objects.get(channel="email")
    erase_words([email], now())
    Response.objects.filter(channel="workshop").update(standing="withdrawn")
    rows = table(made(consultation, Selection()), "responses.csv")
    assert [(row["channel"], row["text"]) for row in rows] == [
        ("letter", f"'{TEXT}"),
        ("email", "[erased]"),
    ]
    chosen = Selection(channels=frozenset({"email"}))
    assert [row["channel"] for row in table(made(consultation, chosen), "responses.csv")] == [
        "email"
    ]


@pytest.mark.parametrize("many", [1, 10])
def test_letters_are_read_in_as_many_queries_however_many_there_are(
    consultation, django_assert_num_queries, many
):
    from folkmoot.responses.exporting.tables import table as table_of

    RegisterOfResponses().record_points(consultation, [Point("x")] * many, now(), by=None)
    with django_assert_num_queries(4):
        assert len(list(table_of(consultation, Selection()).rows)) == 3 + many


def test_files_come_with_a_table_that_says_whose_and_for_which_question(settings):
    survey = asking.every_kind()
    first = with_file(survey, "=cmd/../../plan.exe", b"one")
    second = with_file(survey, "plan.pdf", b"two")
    scan = with_file(survey, "form.pdf", b"three", "paper-form")
    lost = with_file(survey, "lost.pdf", b"four")
    storage, path = lost.files.get().file.storage, lost.files.get().file.name
    storage.delete(path)
    withdrawn = with_file(survey, "not-counted.pdf", b"five")
    Response.objects.filter(pk=withdrawn.pk).update(standing="withdrawn")
    archive = made(survey)
    rows = table(archive, "files.csv")
    assert [row["reference"] for row in rows] == [
        each.reference for each in (first, second, scan, lost)
    ]
    assert [row["question"] for row in rows] == ["letter", "letter", "paper-form", "letter"]
    assert rows[0]["wording"] == "Do you want to send a document or a picture?"
    assert rows[2]["wording"] == "The form on paper, scanned"
    assert rows[3]["file"] == "[erased]"
    assert [row["name"] for row in rows][:2] == ["'=cmd/../../plan.exe", "plan.pdf"]
    assert [archive.read(row["file"]) for row in rows[:3]] == [b"one", b"two", b"three"]
    number = first.files.get().pk
    assert rows[0]["file"] == f"files/{first.reference}/{number}-_cmd_.._.._plan.exe.pdf"
    inside = [each for each in archive.namelist() if each.startswith("files/")]
    assert inside == [row["file"] for row in rows[:3]]
    # The table of responses names them, each under its question.
    names = {row["reference"]: row["letter__1"] for row in table(archive, "responses.csv")}
    assert names[second.reference] == "plan.pdf"
    only = Selection(with_files=True, questions=frozenset({"travel"}))
    assert table(made(survey, only), "files.csv") == []


def test_files_of_letters_come_too(consultation):
    archive = made(consultation)
    (row,) = table(archive, "files.csv")
    assert (row["wording"], row["name"]) == ("The letter or e-mail as a file", "our: letter.txt")
    assert archive.read(row["file"]).decode() == TEXT


def test_files_never_come_with_the_key_of_equality_answers(client, officer):
    survey = factories.make_survey()
    with pytest.raises(ExportRefusedError, match="With a key no row has a reference"):
        begin_export(survey, "csv", FILES, now(), officer, monitoring="keyed")
    client.force_login(officer)
    address = reverse("responses:export", args=[survey.pk])
    page = client.post(address, {"format": "csv", "with_files": "on", "monitoring": "keyed"})
    assert page.status_code == 422
    assert "With a key no row has a reference" in page.content.decode()
    assert not Export.objects.exists()


def test_letters_have_no_equality_answers(consultation, officer):
    with pytest.raises(ExportRefusedError, match="Letters have no equality answers"):
        begin_export(consultation, "csv", Selection(), now(), officer, monitoring="apart")


ROLES = {
    "nobody": False,
    roles.ANALYSTS: True,
    roles.OFFICERS: True,
    roles.APPROVERS: True,
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_export_letters_and_files_role_by_role(client, consultation, role):
    roles.begin_roles()
    may, user = ROLES[role], factories.make_user()
    if role != "nobody":
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    survey = consultation.get_children().first().specific
    index = reverse("responses:exports")
    addresses = [
        reverse("responses:export_letters", args=[consultation.pk]),
        reverse("responses:letters_dictionary", args=[consultation.pk, "csv"]),
    ]
    assert [client.get(each).status_code == 200 for each in (index, *addresses)] == [may] * 3
    for of in (survey, consultation):
        if may:
            begin_export(of, "csv", FILES, now(), user)
        else:
            with pytest.raises(PermissionDenied):
                begin_export(of, "csv", FILES, now(), user)
    export = make_export(begin_export(consultation, "csv", FILES, now(), None), now())
    fetched = client.post(reverse("responses:download_export", args=[export.pk]))
    assert (fetched.status_code == 200) is may
    if not may:
        with pytest.raises(PermissionDenied):
            fetch_export(export, now(), user)


@pytest.mark.parametrize("permissions", [(), (READS,), (EXPORTS,)])
def test_one_permission_alone_exports_no_file(consultation, permissions):
    with pytest.raises(PermissionDenied):
        begin_export(consultation, "csv", FILES, now(), factories.make_user(*permissions))


def test_the_page_sends_letters_at_once_and_makes_files_in_the_background(client, consultation):
    client.force_login(factories.make_user(READS, EXPORTS))
    index = client.get(reverse("responses:exports")).content.decode()
    address = reverse("responses:export_letters", args=[consultation.pk])
    assert address in index
    page = client.get(address).content.decode()
    assert "3 responses count." in page
    assert 'name="monitoring"' not in page
    sent = client.post(address, {"format": "csv"})
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == 3
    assert f"{consultation.slug}-letters-" in sent["Content-Disposition"]
    client.post(address, {"format": "csv", "with_files": "on"})
    export = Export.objects.get(state=Export.State.WAITING)
    assert (export.survey, export.consultation) == (None, consultation)
    make_export(export, now())
    fetched = client.post(reverse("responses:download_export", args=[export.pk]))
    assert b"".join(fetched.streaming_content)[:2] == b"PK"
    assert "With the files that were sent" in client.get(address).content.decode()
    line = AuditRecord.objects.filter(act="responses exported").last()
    assert "with_files" in line.after


def test_the_register_leads_to_the_exports(client):
    client.force_login(factories.make_user(READS, EXPORTS))
    assert reverse("responses:exports") in client.get(reverse("responses:index")).content.decode()
    client.force_login(factories.make_user(READS))
    assert "Export responses, letters and files" not in (
        client.get(reverse("responses:index")).content.decode()
    )


def test_the_command_exports_letters_and_files(consultation, tmp_path):
    out = tmp_path / "letters.csv"
    asked = ["export", "responses", consultation.slug, "--letters", "--out", str(out)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert [row["channel"] for row in rows] == ["letter", "email", "workshop"]
    refused = CliRunner().invoke(app, [*asked, "--files"])
    assert (refused.exit_code, "add --package" in refused.output) == (1, True)
    done = CliRunner().invoke(app, [*asked, "--files", "--package"])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(out) as archive:
        assert len(table(archive, "files.csv")) == 1
    missing = CliRunner().invoke(app, ["export", "responses", "none", "--letters", "--out", "x"])
    assert "There is no consultation 'none'" in missing.output
