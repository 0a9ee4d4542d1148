"""Finding responses in the register: by what they are, by words, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import factories

from folkmoot.consultations.models import Respondent
from folkmoot.responses.finding import are_common
from folkmoot.responses.models import (
    Answer,
    Channel,
    Flag,
    FlagKind,
    Publication,
    Response,
    Standing,
)
from folkmoot.responses.register import filters, paging

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return factories.make_survey()


def found(**asked: str) -> set[str]:
    chosen, form = filters.read({name: str(value) for name, value in asked.items()})
    assert form.is_valid(), form.errors
    return set(filters.apply(Response.objects.all(), chosen).values_list("reference", flat=True))


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"channel": "paper"}, {"channel": Channel.PAPER}),
        ({"standing": "withdrawn"}, {"standing": Standing.WITHDRAWN}),
        ({"published": "waiting"}, {"publication": Publication.UNNAMED}),
        ({"since": "2021-12-03"}, {"submitted_at": factories.OPENS + timedelta(days=17)}),
        ({"until": "2021-11-15"}, {"submitted_at": factories.OPENS - timedelta(days=1)}),
        ({"q": "zzzz"}, {"reference": "FM-ZZZZ-BBBB-CC"}),
    ],
)
def test_a_filter_leaves_what_it_asks_for(survey, asked, fields):
    factories.make_response(survey)
    wanted = factories.make_response(survey, **fields)
    assert found(**asked) == {wanted.reference}


def test_responses_are_found_by_survey_organisation_flag_and_whether_they_have_a_text(survey):
    factories.make_response(survey, {"agree": ["agree"]})
    organisation = factories.make_respondent(
        survey.consultation, kind=Respondent.Kind.ORGANISATION, organisation="Tenants of Bow"
    )
    wanted = factories.make_response(
        survey, {"change": "More lights."}, respondent=organisation, reference="FM-WANTED"
    )
    elsewhere = factories.make_response(factories.make_survey(survey.consultation))
    Flag.objects.create(
        response=wanted, kind=FlagKind.ABUSIVE, reason="Rude.", made_at=factories.OPENS
    )
    for asked in (
        {"kind": "organisation"},
        {"q": "tenants of"},
        {"flag": "raised"},
        {"flag": "abusive"},
        {"has_text": "on"},
    ):
        assert found(**asked) == {"FM-WANTED"}, asked
    assert found(flag="campaign") == set()
    assert found(survey=str(elsewhere.survey_id)) == {elsewhere.reference}


def test_a_cleared_flag_finds_nothing(survey):
    response = factories.make_response(survey)
    Flag.objects.create(
        response=response,
        kind=FlagKind.OTHER,
        reason="Odd.",
        made_at=factories.OPENS,
        cleared_at=factories.OPENS,
    )
    assert found(flag="raised") == set()


def test_words_are_found_in_any_form_and_only_where_all_of_them_stand(survey):
    lights = factories.make_response(survey, {"change": "Street lighting by the canal, please."})
    factories.make_response(survey, {"change": "More policing."})
    assert found(q="lights canals") == {lights.reference}
    assert found(q="lights policing") == set()


def test_words_that_were_erased_or_changed_are_found_no_more(survey):
    response = factories.make_response(survey, {"change": "Zebra crossing."})
    assert found(q="zebra") == {response.reference}
    Answer.objects.update(text="Pelican crossing.")
    assert found(q="zebra") == set()
    assert found(q="pelican") == {response.reference}
    Answer.objects.all().delete()
    assert found(q="pelican") == set()


def test_what_was_typed_beside_an_option_is_found(survey):
    response = factories.make_response(survey)
    Answer.objects.create(
        response=response, question="agree", choices=["other"], other={"other": "Hovercraft"}
    )
    assert found(q="hovercraft") == {response.reference}


@pytest.mark.parametrize(
    "text", ['"', "NEAR(a b)", "a AND", "*", "col:x", "'; drop table", "-", "ß"]
)
def test_no_search_is_an_operator_of_the_index(survey, text):
    factories.make_response(survey, {"change": "Something else."})
    assert found(q=text) == set()


def test_a_wrong_field_asks_for_nothing_and_says_so(client, survey):
    client.force_login(
        factories.make_user("responses.view_response"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    response = factories.make_response(survey)
    page = client.get(reverse("responses:index"), {"since": "yesterday", "survey": "0x"})
    assert page.status_code == 200
    assert "Enter a valid date." in page.content.decode()
    assert response.reference in page.content.decode()


@pytest.mark.parametrize("sort", ["newest", "oldest", "reference"])
def test_pages_show_every_response_once_there_and_back(survey, sort, monkeypatch):
    monkeypatch.setattr(paging, "A_PAGE", 3)
    # Several at the same instant: the key tells them apart.
    for number in range(8):
        at = factories.OPENS + timedelta(minutes=number // 3)
        factories.make_response(survey, reference=f"FM-{7 - number}", submitted_at=at)
    chosen, _ = filters.read({"sort": sort})
    marks, there = {}, []
    while True:
        page = paging.page(Response.objects.all(), chosen, marks)
        there.append([row.reference for row in page.rows])
        if not page.after:
            break
        marks = {"after": page.after}
    expected = sorted(
        Response.objects.all(),
        key={
            "reference": lambda each: each.reference,
        }.get(sort, lambda each: (each.submitted_at, each.pk)),
        reverse=sort == "newest",
    )
    assert [each for rows in there for each in rows] == [each.reference for each in expected]
    back = [there[-1]]
    while page.before:
        page = paging.page(Response.objects.all(), chosen, {"before": page.before})
        back.insert(0, [row.reference for row in page.rows])
    assert [each for rows in back for each in rows] == [each.reference for each in expected]


def test_the_neighbours_of_a_response_are_those_of_the_present_filter(survey):
    first, _, last = (
        factories.make_response(survey, channel=channel)
        for channel in (Channel.PAPER, Channel.WEB, Channel.PAPER)
    )
    middle = factories.make_response(survey, channel=Channel.PAPER)
    chosen, _ = filters.read({"channel": "paper", "sort": "oldest"})
    left = filters.apply(Response.objects.all(), chosen)
    before, after = paging.neighbours(left, chosen, last)
    assert (before, after) == (first, middle)
    assert paging.neighbours(left, chosen, first)[0] is None


def test_marks_that_are_none_lead_to_the_first_page(survey):
    response = factories.make_response(survey)
    for mark in ("", "x", "2021-01-01_1", "_", "2021-01-01T00:00:00+00:00_x", "9" * 200):
        chosen, _ = filters.read({})
        page = paging.page(Response.objects.all(), chosen, {"after": mark})
        assert [row.pk for row in page.rows] == [response.pk]


def test_words_that_are_common_find_the_same_and_are_told_without_counting(survey):
    for text in ("More lights", "lights and buses", "Fewer cars", "lights"):
        factories.make_response(survey, {"change": text})
    chosen, _ = filters.read({"q": "lights"})
    found = [
        set(filters.apply(Response.objects.all(), chosen, is_common=each)) for each in (False, True)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 3
    assert are_common(chosen.sought, 2)
    assert not are_common(chosen.sought, 3)
    assert not filters.is_common(chosen)
    said = paging.count_words(Response.objects.all(), is_common=True)
    assert said == "Answers with these words: more than 10,000"
