"""Files that come as answers: what is kept of them, with which draft, and when they go.

What goes, goes from the disk too: after the commit, and never before it.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image
from tests import factories
from tests.responses.asking import errors_of, every_kind, send
from tests.responses.test_pictures import AUTHOR, CAMERA, taken_from_a_phone

from folkmoot.publishing.clock import now
from folkmoot.responses.acts import (
    begin_draft,
    clear_trials,
    erase_due,
    open_response,
    submit_response,
    submit_trial,
    withdraw_response,
)
from folkmoot.responses.acts.keying import attach_scan
from folkmoot.responses.acts.sent_files import erase_drafts, keep_files, read_files
from folkmoot.responses.codes import code_digest
from folkmoot.responses.models import Draft, Response, SentFile
from folkmoot.responses.questions import FileQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def survey():
    return every_kind()


def photo(name="door.jpg", turned=6):
    return SimpleUploadedFile(name, taken_from_a_phone(turned), "image/jpeg")


def on_disk(folder: Path) -> list[Path]:
    """Return every file that is kept privately."""
    return sorted(each for each in (folder / "private").rglob("*") if each.is_file())


def test_no_file_on_the_disk_says_where_a_photo_was_taken(client, survey, tmp_path):
    assert send(client, survey, "4", letter=photo()).status_code == 303
    sent = SentFile.objects.get()
    (kept,) = on_disk(tmp_path)
    content = kept.read_bytes()
    for planted in (b"Exif", AUTHOR.encode(), CAMERA.encode()):
        assert planted not in content
    assert Image.open(BytesIO(content)).size == (40, 60)
    assert (sent.bytes, sent.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_scan_that_an_officer_photographs_says_nothing_of_them_either(survey, tmp_path):
    by = factories.make_user("responses.add_keying")
    attach_scan(factories.make_response(survey), photo(), factories.AFTER, by)
    (kept,) = on_disk(tmp_path)
    assert AUTHOR.encode() not in kept.read_bytes()


def test_a_file_called_a_picture_that_is_none_is_refused_at_its_field(client, survey, tmp_path):
    fake = SimpleUploadedFile("door.jpg", b"%PDF-1.7 and no picture", "image/jpeg")
    page = send(client, survey, "4", letter=fake)
    assert page.status_code == 422
    (said,) = errors_of(page)
    assert said.startswith("“door.jpg” cannot be read as the picture that its name says it is")
    assert not on_disk(tmp_path)


def test_the_field_says_what_becomes_of_properties(client, survey):
    page = client.get(f"{survey.url}4/").content.decode()
    assert "We take the place, the camera and the author out of a picture." in page
    assert "The properties of a PDF, Word or OpenDocument text file stay in it" in page


LETTER = FileQuestion("letter", "Do you want to send a document?", "", False, most=2)


def drafted(survey, key="k" * 43, **fields) -> Draft:
    """Return a draft with one photo."""
    draft = begin_draft(survey, key, now(), **fields)
    numbers, refused = keep_files(draft, LETTER, read_files(LETTER, [photo()]), now())
    assert not refused
    draft.answers = {"travel": ["walk"], "letter": numbers}
    draft.save()
    return draft


def with_a_photo(survey) -> Response:
    """Return a response that was sent with one photo, and that its sender can change."""
    response = submit_response(survey, drafted(survey), now())
    response.code_digest = code_digest("code")
    response.save()
    return response


def test_withdrawing_takes_the_copies_of_an_opened_response_off_the_disk(
    survey, tmp_path, django_capture_on_commit_callbacks
):
    response = with_a_photo(survey)
    open_response(survey, response, now())
    assert len(on_disk(tmp_path)) == 2
    with django_capture_on_commit_callbacks() as committed:
        withdraw_response(survey, response, now())
        assert len(on_disk(tmp_path)) == 2
    for callback in committed:
        callback()
    # What was sent stays, as the response does; nobody counts it.
    assert [each.name for each in on_disk(tmp_path)] == [Path(response.files.get().file.name).name]


def test_a_draft_that_is_over_takes_its_files_off_the_disk(
    survey, tmp_path, django_capture_on_commit_callbacks
):
    drafted(survey)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(now() + timedelta(days=31))["drafts"] == 1
    assert not on_disk(tmp_path)


def test_what_is_rolled_back_takes_nothing_off_the_disk(survey, tmp_path):
    draft = drafted(survey)
    with transaction.atomic():
        erase_drafts(Draft.objects.filter(pk=draft.pk))
        transaction.set_rollback(True)
    assert draft.files.count() == len(on_disk(tmp_path)) == 1


def test_tests_of_a_survey_leave_no_file(survey, tmp_path, django_capture_on_commit_callbacks):
    officer = factories.make_user(is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        submit_trial(survey, drafted(survey, "t" * 43, is_test=True), now(), officer.pk)
    assert not on_disk(tmp_path)
    drafted(survey, "u" * 43, is_test=True)
    drafted(survey)
    with django_capture_on_commit_callbacks(execute=True):
        clear_trials(survey, now(), by=officer)
    assert len(on_disk(tmp_path)) == SentFile.objects.count() == 1


def test_a_file_of_a_question_that_is_asked_no_more_goes_with_its_draft(
    survey, tmp_path, django_capture_on_commit_callbacks
):
    draft = drafted(survey)
    survey.steps = [each for each in survey.steps.raw_data if each["value"]["title"] == "Travel"]
    survey.save()
    with django_capture_on_commit_callbacks(execute=True):
        response = submit_response(survey, draft, now())
    assert not response.files.exists()
    assert not on_disk(tmp_path)
