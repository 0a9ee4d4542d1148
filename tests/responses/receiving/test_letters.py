"""Letters and e-mails in the admin: pasted or attached, checked, split, recorded."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import factories
from tests.publishing.uploads import pdf

from folkmoot.responses import access
from folkmoot.responses.models import LetterDraft, Response, SentFile

pytestmark = pytest.mark.django_db
LETTERS = reverse("responses:letters")
MAY = ("wagtailadmin.access_admin", "responses.add_letterdraft")
TEXT = "Dear all,\nI agree.\nMore lights, please."


@pytest.fixture
def survey():
    return factories.make_survey(
        questions=[
            factories.choice("agree"),
            factories.text("change"),
            factories.monitoring("age-band"),
        ]
    )


@pytest.fixture
def officer(client):
    user = factories.make_user(*MAY)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def docx(text: str) -> bytes:
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in text.split("\n"))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{words}"><w:body>{paragraphs}</w:body></w:document>',
        )
    return written.getvalue()


def eml(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "jane@example.org", "plan@example.org"
    message["Date"] = "Fri, 19 Nov 2021 09:30:00 +0000"
    message.set_content(text)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="map.pdf")
    return bytes(message)


def said(survey, **changed):
    return {
        "consultation": survey.consultation.pk,
        "survey": survey.pk,
        "channel": "email",
        "received_on": "2021-11-20",
        "received_time": "",
        "kind": "individual",
        "organisation": "",
        "publication": "unnamed",
        "text": TEXT,
    } | changed


def test_a_pasted_letter_is_split_into_answers_and_recorded_whole(client, officer, survey):
    client.post(LETTERS, said(survey))
    draft = LetterDraft.objects.get()
    page = client.get(reverse("responses:letter_answers", args=[draft.pk]))
    shown = BeautifulSoup(page.content, "html.parser")
    assert shown.select_one("[data-letter]").get_text() == TEXT
    assert shown.select_one('textarea[name="change"]')
    assert not shown.select('[name="age-band"]')
    client.post(
        reverse("responses:letter_answers", args=[draft.pk]),
        {"agree": "agree", "change": "More lights, please.", "age-band": "one"},
    )
    response = Response.objects.get()
    assert {each.question: each.text or each.choices for each in response.answers.all()} == {
        "letter": TEXT,
        "agree": ["agree"],
        "change": "More lights, please.",
    }
    assert not response.monitoring_answers.exists()
    assert (response.channel, response.publication) == ("email", "unnamed")
    assert not LetterDraft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("letter.txt", TEXT.encode(), "txt"),
        ("letter.docx", docx(TEXT), "docx"),
        ("letter.eml", eml(TEXT), "eml"),
        ("letter.pdf", pdf(), "pdf"),
    ],
)
def test_the_text_of_a_file_is_proposed_to_be_checked_and_the_file_is_kept(
    client, officer, survey, name, content, extension
):
    file = SimpleUploadedFile(name, content)
    client.post(LETTERS, said(survey, text="", file=file))
    draft = LetterDraft.objects.get()
    expected = "What we would put first" if extension == "pdf" else TEXT
    assert expected in draft.text
    page = client.get(reverse("responses:letter", args=[draft.pk]))
    assert "check it word for word" in page.content.decode()
    client.post(reverse("responses:letter_answers", args=[draft.pk]), {})
    kept = SentFile.objects.get()
    assert (kept.question, kept.extension, kept.name) == ("letter", extension, name)
    assert kept.file.open("rb").read() == content


def test_attachments_of_an_e_mail_are_told(client, officer, survey):
    file = SimpleUploadedFile("letter.eml", eml(TEXT))
    page = client.post(LETTERS, said(survey, text="", file=file), follow=True)
    assert "1 attachment (map.pdf)" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"text": ""}, "Paste what it says, or attach the file."),
        ({"received_on": "2031-01-01"}, "still to come"),
        ({"kind": "organisation"}, "Write the name of the organisation."),
        ({"organisation": "The Guild"}, "take its name out"),
        ({"consultation": ""}, "Choose the consultation"),
        ({"text": "a\x01b"}, "control code"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    client, officer, survey, changed, fault
):
    page = client.post(LETTERS, said(survey, **changed))
    assert page.status_code == 422
    assert fault in BeautifulSoup(page.content, "html.parser").get_text()
    assert not LetterDraft.objects.exists()
    if "text" not in changed:
        assert "More lights, please." in page.content.decode()


def test_a_file_that_is_no_letter_is_refused_and_the_text_is_kept(client, officer, survey):
    page = client.post(LETTERS, said(survey, file=SimpleUploadedFile("x.zip", b"PK\x03\x04x")))
    assert page.status_code == 422
    assert "no Word file" in page.content.decode()
    assert "More lights, please." in page.content.decode()


def test_passages_are_kept_until_somebody_goes_on(client, officer, survey):
    client.post(LETTERS, said(survey))
    draft = LetterDraft.objects.get()
    where = reverse("responses:letter_answers", args=[draft.pk])
    client.post(where, {"change": "More lights", "then": "keep"})
    assert not Response.objects.exists()
    assert "More lights</textarea>" in client.get(where).content.decode()


def test_a_letter_after_the_closing_is_taken_and_said_to_be_late(client, officer, survey, settings):
    settings.FOLKMOOT_AT = "2022-02-20"
    client.post(LETTERS, said(survey, received_on="2022-01-25"))
    draft = LetterDraft.objects.get()
    where = reverse("responses:letter_answers", args=[draft.pk])
    assert "received after the closing" in client.get(where).content.decode()
    page = client.post(where, {}, follow=True)
    assert "It came after the closing" in page.content.decode()
    assert Response.objects.get().submitted_at > survey.consultation.closes_at


def test_a_letter_of_the_day_of_closing_without_a_time_is_in_time(client, officer, settings):
    settings.FOLKMOOT_AT = "2022-02-20"
    consultation = factories.make_consultation(closes_at=datetime(2022, 1, 21, 9, tzinfo=UTC))
    survey = factories.make_survey(consultation)
    client.post(LETTERS, said(survey, received_on="2022-01-21"))
    assert LetterDraft.objects.get().received_at < consultation.closes_at


ROLES = [
    ("visitor", None, False),
    ("officer", MAY, True),
    ("editor", MAY[:1], False),
    ("analyst", (MAY[0], "responses.view_response"), False),
]


@pytest.mark.parametrize(("role", "permissions", "may"), ROLES)
def test_only_those_who_were_given_it_enter_letters(client, survey, role, permissions, may):
    if permissions is not None:
        user = factories.make_user(*permissions)
        assert access.may_enter_letters(user) is may
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(LETTERS).status_code == (200 if may else 302)
    client.post(LETTERS, said(survey))
    assert LetterDraft.objects.exists() is may
