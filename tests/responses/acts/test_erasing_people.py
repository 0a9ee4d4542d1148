"""One person's data found, handed over and erased; what is published stays as it is."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from tests import factories
from tests.factories import AFTER, OPENS
from tests.responses import asking
from tests.responses.exporting.asked import answer

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.people import email_digest
from folkmoot.publishing.models import Follower
from folkmoot.responses.acts.erasing_people import (
    ErasureRefusedError,
    earlier_erasures,
    erase_person,
)
from folkmoot.responses.acts.looking_up import export_person, look_up
from folkmoot.responses.acts.rows import version_of
from folkmoot.responses.models import Answer, Erasure, MonitoringAnswer, Response, SentFile
from folkmoot.responses.questions import survey_form
from folkmoot.responses.register.reading import answer_lines
from folkmoot.themes.querysets import choice_counts, intake, monitoring_counts

pytestmark = pytest.mark.django_db
EMAIL = "Resident@Example.org"
SECRETS = (
    "cargo bike",
    "Wasps",
    "Half the lamps",
    "calm people",
    "Trains",
    "1998",
    "underpass",
    "plan.pdf",
)
COUNTED = ["travel", "worries", "agree", "streets--lighting", "first", "borough"]


@pytest.fixture
def officer():
    return factories.make_user("responses.add_erasure")


@pytest.fixture
def survey():
    return asking.every_kind()


def answered(survey, **fields):
    """Return a response with an answer to every question but the file."""
    form = survey_form(survey)
    version = version_of(survey, form, OPENS)
    return answer(survey, form, asking.EVERY_ANSWER, version=version, **fields)


@pytest.fixture
def theirs(survey):
    """A response to every kind of question, with a file, of somebody known by an address."""
    respondent = factories.make_respondent(
        survey.consultation, email_digest=email_digest(EMAIL.lower())
    )
    made = answered(survey, respondent=respondent)
    made.reference = "FM-7K3M-9QX2-H4"
    made.save()
    sent = SentFile(response=made, question="letter", name="plan.pdf", extension="pdf")
    sent.bytes, sent.sha256, sent.came_at = 3, "ab" * 32, OPENS
    sent.file.save("plan.pdf", ContentFile(b"abc"), save=False)
    sent.save()
    Answer.objects.create(response=made, question="letter", choices=[str(sent.pk)])
    for _ in range(2):
        answered(survey)
    return made


def published(survey):
    """Return all that results pages count of a survey."""
    found = intake(survey, AFTER)
    return (
        found.responses,
        choice_counts(survey, COUNTED, AFTER),
        {key: Counter(counts) for key, counts in monitoring_counts(survey, AFTER).items()},
        survey.consultation.respondents.count(),
    )


@pytest.mark.parametrize("asked", ["fm 7k3m 9qx2 h4", "FM-7K3M-9QX2-H4", "resident@example.org"])
def test_a_person_is_found_by_reference_or_address_however_written(theirs, officer, asked):
    places = look_up(asked, AFTER, officer)
    assert set(places) == {"People who took part", "Responses"}
    (held,) = places["Responses"]
    assert ("Reference", "FM-7K3M-9QX2-H4") in held.fields
    assert [file.read() for file in held.files] == [b"abc"]
    line = AuditRecord.objects.get(act="personal data looked up")
    assert asked not in json.dumps(line.after)


def test_nothing_is_found_of_somebody_else(theirs, officer):
    assert look_up("other@example.org", AFTER, officer) == {}
    assert look_up("FM-0000-0000-00", AFTER, officer) == {}


def test_what_is_held_is_handed_over_as_json_and_as_a_page(theirs, officer):
    Follower.objects.create(email=EMAIL, asked_at=OPENS)
    with zipfile.ZipFile(io.BytesIO(export_person(EMAIL, AFTER, officer))) as archive:
        held = json.loads(archive.read("data.json"))["held"]
        page = archive.read("data.html").decode()
        (file,) = [name for name in archive.namelist() if name.startswith("files/")]
        assert archive.read(file) == b"abc"
    assert set(held) == {"Following by e-mail", "People who took part", "Responses"}
    written = json.dumps(held)
    for said in ("By cargo bike", "Wasps", "Trains.", "The underpass", EMAIL):
        assert said in written
        assert said in page


def test_erasing_takes_the_person_out_and_leaves_every_published_count(survey, theirs, officer):
    before = published(survey)
    assert before[0] == 3
    erasure = erase_person("FM-7K3M-9QX2-H4", "They asked for it.", AFTER, officer)
    assert published(survey) == before
    erased = Response.objects.get(pk=theirs.pk)
    assert erased.erased_at == AFTER
    assert erased.reference.startswith("ERASED-")
    assert (erased.may_be_quoted, erased.publication) == (False, "not")
    assert not erased.files.exists()
    assert not MonitoringAnswer.objects.filter(response=erased).exists()
    left = json.dumps(
        list(erased.answers.values("question", "choices", "text", "other", "latitude")), default=str
    )
    for secret in SECRETS:
        assert secret not in left
    assert erased.respondent.email_digest == ""
    assert erased.answers.get(question="minutes").text == "75"
    assert erased.answers.get(question="postcode").text == "NW1"
    assert erasure.erased["Responses"]["files"] == 1
    line = AuditRecord.objects.get(act="personal data erased")
    assert (line.by, line.after) == (officer, erasure.erased)
    # Others lost nothing.
    assert Answer.objects.filter(text="Trains.").count() == 2


def test_the_register_says_of_each_part_of_an_answer_that_it_was_erased(theirs, officer):
    def said():
        lines = answer_lines(Response.objects.get(pk=theirs.pk))
        return {line["term"]: line["words"] for line in lines}

    travel, worries = "How do you mostly travel?", "What worries you on the way?"
    file = "Do you want to send a document or a picture?"
    before = said()
    assert before[travel] == ["Other, please say: By cargo bike"]
    assert before[worries] == ["Poor lighting", "Something else: Wasps"]
    assert before[file] == ["plan.pdf (PDF, 1 KB)"]
    erase_person("FM-7K3M-9QX2-H4", "They asked for it.", AFTER, officer)
    after = said()
    assert after[travel] == ["Other, please say: erased"]
    assert after[worries] == ["Poor lighting", "Something else: erased"]
    assert after[file] == after["Where do you feel unsafe?"] == ["Erased"]
    assert after["How long is your way to work?"] == ["75 minutes"]


def test_the_proof_is_found_again_and_says_nothing_of_what_was_erased(theirs, officer):
    erasure = erase_person(EMAIL, "They asked for it.", AFTER, officer)
    assert earlier_erasures(" resident@example.ORG ") == [erasure]
    assert look_up(EMAIL, AFTER, officer) == {}
    assert look_up("FM-7K3M-9QX2-H4", AFTER, officer) == {}
    row = json.dumps(Erasure.objects.values().get(), default=str)
    for secret in (*SECRETS, EMAIL.casefold(), "9QX2"):
        assert secret not in row


def test_what_was_replaced_and_what_is_followed_goes_too(survey, theirs, officer):
    older = factories.make_response(
        survey, {"long-way": "Old words"}, respondent=theirs.respondent, standing="replaced"
    )
    older.instead = theirs
    older.save()
    Follower.objects.create(email=EMAIL, asked_at=OPENS)
    erase_person(EMAIL, "They asked for it.", AFTER, officer)
    assert older.answers.get().text == ""
    assert not Follower.objects.exists()


def test_nothing_is_erased_without_a_reason_or_where_nothing_is_held(theirs, officer):
    with pytest.raises(ErasureRefusedError, match="Say why"):
        erase_person(EMAIL, " ", AFTER, officer)
    with pytest.raises(ErasureRefusedError, match="Nothing is held"):
        erase_person("other@example.org", "They asked.", AFTER, officer)
    assert not Erasure.objects.exists()
    assert theirs.answers.get(question="long-way").text == "Trains."


def test_the_screen_finds_hands_over_and_erases(client, theirs, officer):
    client.force_login(officer)
    page = client.post(reverse("responses:person"), {"asked": EMAIL}).content.decode()
    assert "By cargo bike" in page
    handed = client.post(reverse("responses:export_person"), {"asked": EMAIL})
    assert handed.content[:2] == b"PK"
    address = reverse("responses:erase_person")
    unsure = client.post(address, {"asked": EMAIL, "reason": "They asked."})
    assert unsure.status_code == 422
    assert "Tick the box" in unsure.content.decode()
    assert 'value="They asked."' in unsure.content.decode()
    assert not Erasure.objects.exists()
    client.post(address, {"asked": EMAIL, "reason": "They asked.", "sure": "on"})
    assert Erasure.objects.get().by == officer
    assert "1 responses" in client.get(reverse("responses:person")).content.decode()


@pytest.mark.parametrize(
    "permissions",
    [
        (),
        ("responses.view_response", "responses.add_export"),
        ("responses.change_retentionperiod",),
    ],
)
def test_others_may_not_look(client, theirs, permissions):
    client.force_login(factories.make_user(*permissions))
    for name in ("person", "export_person", "erase_person"):
        form = {"asked": EMAIL, "reason": "No.", "sure": "on"}
        client.post(reverse(f"responses:{name}"), form)
    assert not Erasure.objects.exists()
    assert not AuditRecord.objects.filter(act__startswith="personal data").exists()
