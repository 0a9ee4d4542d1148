"""Whatever is posted: refused with a sentence or taken, and never a fault of ours."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import make_consultation, make_response, make_survey

from folkmoot.workshops.forms import JoiningForm, PointsFormSet, RegistrationForm, WalkInForm

FIELDS = ("name", "email", "access_needs", "reference", "consent", "website")
RIGHT = {"name": "Ada", "email": "ada@example.org", "consent": "yes"}
texts = st.text(st.characters(codec="utf-8"), max_size=60)
posts = st.dictionaries(st.sampled_from(FIELDS), texts | st.just("ada@example.org"), max_size=6)


def errors(form):
    return {name: list(found) for name, found in form.errors.items()}


def posted(fields):
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


@pytest.mark.django_db
@settings(deadline=None, max_examples=60)
@given(posts)
def test_every_post_is_taken_or_refused_in_sentences(fields):
    form = RegistrationForm(None, posted(fields))
    if "reference" in fields and fields["reference"].strip():
        form = RegistrationForm(make_consultation_once(), posted(fields))
    if form.is_valid():
        assert form.cleaned_data["name"]
        assert "\n" not in form.cleaned_data["name"]
        assert "@" in form.cleaned_data["email"]
        assert form.cleaned_data["consent"]
    else:
        for found in errors(form).values():
            assert found[0].endswith(".")


def make_consultation_once():
    from folkmoot.consultations.models import Consultation

    return Consultation.objects.first() or make_consultation()


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"name": ""}, "name", "Write the name by which we should call you."),
        ({"name": " \t\n "}, "name", "Write the name by which we should call you."),
        (
            {"name": "A" * 121},
            "name",
            "The most that can be kept here is 120 characters: shorten it.",
        ),
        ({"name": "A\x07da"}, "name", "a control code"),
        ({"name": "A\x00da"}, "name", "a control code"),
        ({"email": ""}, "email", "Write your e-mail address"),
        ({"email": "ada"}, "email", "with an @ in it"),
        ({"email": "ada@example.org\nBcc: b@example.org"}, "email", "with an @ in it"),
        ({"access_needs": "x" * 2001}, "access_needs", "2,000 characters"),
        ({"consent": ""}, "consent", "Tick the box if you agree"),
        ({"website": "https://spam.example"}, "website", "Leave this field empty"),
    ],
)
def test_what_is_wrong_is_said_once_and_says_what_to_do(fields, at, sentence):
    form = RegistrationForm(None, RIGHT | fields)
    assert list(errors(form)) == [at]
    assert len(errors(form)[at]) == 1
    assert sentence in errors(form)[at][0]


def test_lines_are_kept_where_they_are_writing_and_not_in_a_name():
    form = RegistrationForm(
        None, RIGHT | {"name": " Ada\r\n Lovelace ", "access_needs": "One\r\nTwo\rThree"}
    )
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ada Lovelace"
    assert form.cleaned_data["access_needs"] == "One\nTwo\nThree"


@pytest.mark.django_db
def test_a_reference_leads_to_who_sent_the_response_to_this_consultation_only():
    response = make_response(make_survey(), reference="FM-7K3M-9QX2-H4")
    here = response.consultation
    form = RegistrationForm(here, RIGHT | {"reference": " fm-7k3m-9qx2-h4 "})
    assert form.is_valid()
    assert form.cleaned_data["reference"] == response.respondent
    other = RegistrationForm(make_consultation(), RIGHT | {"reference": "FM-7K3M-9QX2-H4"})
    assert errors(other)["reference"][0].startswith("No response has this reference")


def test_a_walk_in_needs_a_name_and_their_leave():
    assert set(errors(WalkInForm({}))) == {"name", "consent"}
    assert WalkInForm({"name": "Cy", "consent": "on"}).is_valid()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"address": "not an address"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"note": "Passcode 1"}, "address"),
    ],
)
def test_a_joining_link_is_a_whole_address(fields, at):
    assert list(errors(JoiningForm(fields))) == [at]


def points(**fields):
    return PointsFormSet({"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0"} | fields)


def test_points_may_be_few_and_none_is_taken_that_says_nothing():
    assert points().is_valid()
    assert points(**{"form-0-text": "Lights", "form-3-text": "Buses"}).is_valid()
    wrong = points(**{"form-0-raised_by": "4"})
    assert wrong.errors[0]["text"] == ["Write the point, or empty what stands beside it."]
    for number in ("0", "-3", "four", "99999999999"):
        assert not points(**{"form-0-text": "Lights", "form-0-raised_by": number}).is_valid()
