"""After an erasure no column of any table and no private file holds what somebody sent.

Words that stand nowhere else are planted by every way into the register, and looked for in all.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests import factories
from tests.responses import asking
from tests.responses.acts.test_imports import HEADER, imported_run

from folkmoot.consultations.people import email_digest
from folkmoot.publishing import mail
from folkmoot.publishing.clock import local, now
from folkmoot.publishing.models import Follower, OutgoingMail
from folkmoot.responses.acts import begin_draft, open_response, submit_response
from folkmoot.responses.acts.erasing_people import erase_person
from folkmoot.responses.acts.exporting import begin_export, make_export
from folkmoot.responses.acts.handling import add_note
from folkmoot.responses.acts.keying import attach_scan, finish_keying, keep_typed, open_batch
from folkmoot.responses.acts.letters import Written, keep_letter_draft, record_letter
from folkmoot.responses.acts.reviewing import Verdict, review
from folkmoot.responses.acts.sent_files import keep_files, read_files
from folkmoot.responses.codes import code_digest, code_of
from folkmoot.responses.exporting.selection import Selection
from folkmoot.responses.models import Decision, ImportMapping, ImportRun, Keying, Response
from folkmoot.responses.publishable import publishable
from folkmoot.responses.questions import FileQuestion, survey_form

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Planta Quill", "planta.quill@example.org"
PHRASE = "the heron nests by sluice nine"
# Typed for a copy alone: only the e-mail itself says whose it is.
COPY_TO = "sluice.nine@example.org"
PLANTED = ("planta", "quill", "heron", "sluice")
WHY = "They asked for it."


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "private"


@pytest.fixture
def officer():
    return factories.make_user(is_superuser=True)


def in_database(words=PLANTED) -> dict[str, set[str]]:
    """Return the words that stand in any column of any table, by "table.column"."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    for word in _in(value, words):
                        found.setdefault(f"{table}.{column}", set()).add(word)
    return found


def on_disk(disk: Path, words=PLANTED) -> dict[str, set[str]]:
    """Return the words that private files hold, packed or not, and that they are called by."""
    found: dict[str, set[str]] = {}
    for path in disk.rglob("*"):
        said = _in(path.name, words)
        if path.is_file():
            said |= _in_file(path.read_bytes(), words)
        if said:
            found[path.relative_to(disk).as_posix()] = said
    return found


def _in(value, words) -> set[str]:
    said = (
        value
        if isinstance(value, str)
        else bytes(value).decode("utf-8", "replace")
        if (isinstance(value, bytes | memoryview))
        else str(value)
    )
    return {word for word in words if word.casefold() in said.casefold()}


def _in_file(content: bytes, words) -> set[str]:
    said = _in(content, words)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                said |= _in(each, words) | _in_file(archive.read(each), words)
    return said


def word_file() -> SimpleUploadedFile:
    """Return a Word file that says it, under their name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:t>{PHRASE}</w:t>")
        archive.writestr("docProps/core.xml", f"<dc:creator>{NAME}</dc:creator>")
    return SimpleUploadedFile(f"{NAME}.docx", written.getvalue())


def online(officer) -> Response:
    """Return a response from the site: read, noted, published, exported, opened to be changed."""
    survey = asking.every_kind()
    draft = begin_draft(survey, "p" * 43, now())
    letter = FileQuestion("letter", "Send a file?", "", False, most=2)
    numbers, refused = keep_files(draft, letter, read_files(letter, [word_file()]), now())
    assert not refused
    texts = ("travel--other", "worries--other", "why-dark", "why-patrols", "long-way", "where")
    draft.answers = (
        asking.EVERY_ANSWER
        | {each: [PHRASE] for each in texts}
        | {
            "letter": numbers,
            "respondent-kind": ["organisation"],
            "organisation": [f"{NAME} Trust"],
            "contact-name": [NAME],
            "contact-role": ["Keeper of the heron"],
            "publication": ["unnamed"],
            "may-be-quoted": ["yes"],
            "age-band": ["other"],
            "monitoring-consent": ["yes"],
        }
    )
    draft.save()
    response = submit_response(survey, draft, now())
    response.code_digest, response.publication = code_digest("code"), "unnamed"
    response.save()
    response.respondent.email_digest = email_digest(EMAIL)
    response.respondent.save()
    response.monitoring_answers.update(text=PHRASE)
    add_note(response, f"Their name is {NAME}.", officer, now())
    approved = Verdict(Decision.APPROVED)
    read = response.answers.filter(question__in=publishable(survey_form(survey)))
    review(response, {each.pk: approved for each in read}, officer, now())
    make_export(begin_export(survey, "csv", Selection(), now(), officer), now())
    opened = open_response(survey, response, now())
    copy = {"reference": response.reference, "change": "", "text": PHRASE}
    mail.send(COPY_TO, "responses/mail/copy", copy)
    back = {"survey": survey, "link": "", "until": "", "code": code_of(opened.key)}
    mail.send(COPY_TO, "responses/mail/link", back)
    Follower.objects.create(email=EMAIL, asked_at=now())
    return response


def on_paper(officer) -> Response:
    """Return a response from paper, typed a moment ago, with its scan."""
    batch = open_batch(asking.three_steps(), "Box 1", local(now()).date(), now(), officer)
    typed = {"agree": PHRASE, "more": "1", "change": f"{PHRASE}, says {NAME}"}
    response = finish_keying(keep_typed(batch, "k1", typed, now(), officer), now(), officer)
    scan = SimpleUploadedFile(f"{NAME}.pdf", f"%PDF-1.7 {PHRASE}".encode())
    attach_scan(response, scan, now(), officer)
    return response


def by_letter(officer, survey) -> Response:
    """Return a response from a letter that came as a file."""
    letter = Written(
        survey.consultation, survey, "letter", now(), f"{PHRASE}\n{NAME}", "individual"
    )
    file = SimpleUploadedFile(f"{NAME}.txt", f"{PHRASE} {EMAIL}".encode())
    draft = keep_letter_draft(letter, now(), officer, file=file, extension="txt")
    return record_letter(draft, {"change": [PHRASE]}, now(), officer)


def by_import(officer) -> Response:
    """Return a response from a file in which one value was matched to an option by hand."""
    survey = factories.make_survey(
        questions=[
            factories.choice("agree"),
            factories.text("change"),
            factories.monitoring("age-band", options=[("one", "One"), ("two", "Two")]),
        ]
    )
    row = f"{NAME},12/1/2021 9:00,12/1/2021 9:05,Agree,{PHRASE},One\n"
    run = imported_run(survey, officer, HEADER + row)
    matched = {"values": {"agree": {PHRASE: "agree", "Agree!": "agree"}}}
    run.mapping |= matched
    run.unlisted = [["agree", PHRASE, 1]]
    run.save()
    kept = ImportMapping.objects.get()
    kept.mapping |= {"values": {"agree": {PHRASE: "agree", "Yes": "agree"}}}
    kept.save()
    return Response.objects.get(import_run=run)


def test_nothing_of_somebody_erased_is_left_in_any_table_or_file(
    officer, disk, django_capture_on_commit_callbacks
):
    responses = [online(officer), on_paper(officer), by_import(officer)]
    responses.append(by_letter(officer, responses[1].survey))
    references = tuple(each.reference for each in responses)
    tables = {each.rpartition(".")[0] for each in in_database()}
    assert {
        "consultations_respondent",
        "publishing_follower",
        "publishing_outgoingmail",
        "responses_answer",
        "responses_draft",
        "responses_importrun",
        "responses_importmapping",
        "responses_keying",
        "responses_monitoringanswer",
        "responses_note",
        "responses_papermark",
        "responses_publicresponse",
        "responses_sentfile",
    } <= tables
    folders = {each.split("/")[0] for each in on_disk(disk)}
    assert folders == {"answers", "exports", "imports", "letters"}

    with django_capture_on_commit_callbacks(execute=True):
        for asked in (EMAIL, *references[1:]):
            erase_person(asked, WHY, now(), officer)

    assert in_database() == {}
    assert on_disk(disk) == {}
    # The name of a record in the audit record, and nothing else, may be a reference.
    assert {each.rpartition(".")[0] for each in in_database(references)} == {"accounts_auditrecord"}
    assert on_disk(disk, references) == {}
    # What others matched stays.
    assert ImportMapping.objects.get().mapping["values"] == {"agree": {"Yes": "agree"}}
    assert Response.objects.count() == len(responses)
    assert survey_form(responses[1].survey).questions


def test_an_erasure_by_reference_takes_the_copy_that_waits_to_be_sent(officer):
    response = online(officer)
    other = factories.make_response(response.survey)
    copy = {"reference": other.reference, "change": "", "text": "Theirs"}
    mail.send("somebody@example.org", "responses/mail/copy", copy)
    erasure = erase_person(response.reference, WHY, now(), officer)
    assert erasure.erased["Responses"]["e-mails that waited"] == 2
    assert [each.to for each in OutgoingMail.objects.all()] == ["somebody@example.org"]


def test_the_address_of_a_copy_stands_nowhere_once_it_was_sent(officer, mailoutbox):
    online(officer)
    assert in_database([COPY_TO])
    mail.deliver_due(now())
    assert COPY_TO in [each.to[0] for each in mailoutbox]
    assert in_database([COPY_TO]) == {}


def test_what_was_typed_of_a_form_goes_with_the_erasure_and_not_a_day_later(officer):
    response = on_paper(officer)
    assert Keying.objects.get().typed
    erase_person(response.reference, WHY, now(), officer)
    assert Keying.objects.get().typed == {}


def test_an_import_that_brought_others_too_keeps_their_responses(officer):
    response = by_import(officer)
    run = ImportRun.objects.get()
    other = factories.make_response(response.survey, {"change": "More lights."})
    other.import_run = run
    other.save()
    erase_person(response.reference, WHY, now(), officer)
    run.refresh_from_db()
    assert (run.file.name, run.unlisted, run.mapping["values"]) == ("", [], {})
    assert other.answers.get().text == "More lights."
