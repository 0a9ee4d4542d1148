"""The register of responses in the admin, role by role."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import factories
from tests.responses.asking import every_kind, three_steps

from folkmoot.publishing.clock import now
from folkmoot.responses.acts.wording import erase_words
from folkmoot.responses.models import Flag, FlagKind, PaperMark, Standing
from folkmoot.responses.register.reading import answer_lines

pytestmark = pytest.mark.django_db
AGE = "One group"


@pytest.fixture
def response():
    return factories.make_response(
        three_steps(),
        {"agree": ["agree"], "change": "More lights.", "gone-question": "Kept all the same."},
        monitored={"age-band": "one"},
        reference="FM-AAAA-BBBB-CC",
        submitted_at=factories.OPENS,
    )


@pytest.fixture
def reader(client):
    client.force_login(factories.make_user("responses.view_response"), backend=BACKEND)
    return client


BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_a_reader_finds_the_response_and_reads_its_answers(reader, response):
    listing = reader.get(reverse("responses:index"))
    assert listing.status_code == 200
    inspect = reverse("responses:inspect", args=[response.pk])
    assert "FM-AAAA-BBBB-CC" in listing.content.decode()
    assert inspect in listing.content.decode()
    assert "16 November 2021, 09:00" in listing.content.decode()
    page = reader.get(inspect).content.decode()
    for said in (
        "Tuesday 16 November 2021 at 09:00",
        "Question agree?",
        "More lights.",
        "Kept all the same.",
        "Gone question",
    ):
        assert said in page


def test_words_erased_since_are_told_apart_from_those_that_were_declined():
    response = factories.make_response(
        every_kind(),
        {
            "travel": ["walk"],
            "moved": "1998-09-03",
            "where": "The underpass",
            "postcode": ["prefer-not-to-say"],
            "gone-question": "Kept all the same.",
        },
    )
    erase_words([response], factories.AFTER)
    said = {line["term"]: line["words"] for line in answer_lines(response)}
    assert said["How do you mostly travel?"] == ["On foot"]
    assert said["When did you move here?"] == ["Erased"]
    assert said["Where do you feel unsafe?"] == ["Erased"]
    assert said["Gone question"] == ["Erased"]
    assert said["What is your postcode?"] == ["Prefer not to say"]
    assert said["What does it cost a week?"] == []


def test_an_equality_answer_never_stands_beside_an_answer(reader, response):
    page = reader.get(reverse("responses:inspect", args=[response.pk])).content.decode()
    assert "age-band" not in page
    assert "How old are you?" not in page
    assert AGE not in page


def test_a_search_finds_a_reference(reader, response):
    factories.make_response(response.survey, reference="FM-DDDD-EEEE-FF")
    page = reader.get(reverse("responses:index"), {"q": "AAAA"}).content.decode()
    assert "FM-AAAA-BBBB-CC" in page
    assert "FM-DDDD-EEEE-FF" not in page


def test_staff_without_the_permission_read_nothing(client, response):
    client.force_login(factories.make_user(), backend=BACKEND)
    for address in (
        reverse("responses:index"),
        reverse("responses:inspect", args=[response.pk]),
    ):
        page = client.get(address)
        assert page.status_code == 302
        assert page["Location"] == reverse("wagtailadmin_home")


def test_visitors_are_asked_to_sign_in(client, response):
    page = client.get(reverse("responses:inspect", args=[response.pk]))
    assert page.status_code == 302
    assert "login" in page["Location"]


def test_the_list_costs_the_same_number_of_queries_for_one_and_for_ten(
    reader, response, django_assert_max_num_queries, settings
):
    settings.PUBLIC_CACHE_SECONDS = 0

    def queries():
        reader.get(reverse("responses:index"))
        with django_assert_max_num_queries(60) as asked:
            reader.get(reverse("responses:index"))
        return len(asked)

    few = queries()
    for _ in range(10):
        factories.make_response(response.survey)
    assert queries() == few


def test_an_officer_is_offered_what_may_be_done_with_a_response(client, response):
    user = factories.make_user("responses.view_response", "responses.change_response")
    client.force_login(user, backend=BACKEND)
    page = client.get(reverse("responses:inspect", args=[response.pk]))
    assert page.status_code == 200
    for act in ("flag", "note", "withdraw"):
        assert reverse(f"responses:{act}", args=[response.pk]) in page.content.decode()


def test_what_a_form_on_paper_says_is_shown_and_nothing_of_an_equality_question(reader, response):
    for question, mark, text in (
        ("agree", PaperMark.Mark.ILLEGIBLE, "a coffee stain"),
        ("age-band", PaperMark.Mark.ILLEGIBLE, ""),
    ):
        PaperMark.objects.create(response=response, question=question, mark=mark, text=text)
    page = reader.get(reverse("responses:inspect", args=[response.pk])).content.decode()
    assert "Illegible: a coffee stain" in page
    assert page.count("Illegible") == 1


def test_a_flag_of_a_replaced_response_shows_at_the_one_that_stands(reader, response):
    before = factories.make_response(
        response.survey, {"agree": ["agree"]}, reference="FM-DDDD-FFFF-GG"
    )
    before.standing, before.instead = Standing.REPLACED, response
    before.save()
    Flag.objects.create(
        response=before, kind=FlagKind.SAFEGUARDING, reason="Speak to them.", made_at=now()
    )
    page = reader.get(reverse("responses:inspect", args=[response.pk])).content.decode()
    assert "of FM-DDDD-FFFF-GG, which it stands in place of" in page
    assert "Speak to them." in page
