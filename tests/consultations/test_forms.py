"""What the page editor refuses of a consultation: one sentence each, and nothing is changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_consultation, make_user
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from folkmoot.consultations.models import (
    Consultation,
    EqualityImpactAssessment,
    TimelineEvent,
    Update,
)

pytestmark = pytest.mark.django_db

NEWS = rich_text("<p>Read it.</p>")
STAGES = [
    {"title": "Evidence", "starts_on": "2021-06-01", "ends_on": "2022-01-21"},
    {"title": "Published"},
]


@pytest.fixture(autouse=True)
def _january(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


def typed(consultation: Consultation, **parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what an editor sends: the fields as they are, and these entries of its parts."""
    plain = {
        name: getattr(consultation, name)
        for name in ("title", "slug", "run_by", "stage", "opens_at", "closes_at")
    }
    formsets = Consultation.get_edit_handler().get_form_class().formsets
    rows = {name: inline_formset(parts.get(name, [])) for name in formsets}
    return nested_form_data(plain | {"statutory_plan": consultation.statutory_plan_id} | rows)


def refused(consultation: Consultation, **parts: list[dict[str, Any]]) -> list[str]:
    """Return every sentence with which the form refuses these entries."""
    form_class = Consultation.get_edit_handler().get_form_class()
    form = form_class(
        typed(consultation, **parts),
        instance=consultation,
        parent_page=consultation.get_parent(),
        for_user=make_user(is_superuser=True),
    )
    form.is_valid()
    sentences = [str(each) for errors in form.errors.values() for each in errors]
    for formset in form.formsets.values():
        sentences += [str(each) for each in formset.non_form_errors()]
        for entry in formset.errors:
            sentences += [str(each) for errors in entry.values() for each in errors]
    return sentences


def an_event(**fields: Any) -> dict[str, Any]:
    return {
        "stage": "Evidence",
        "title": "Workshop",
        "starts_at": "2021-12-02 18:00",
        "precision": "day",
        "link_kind": "read",
    } | fields


def test_page_as_it_should_be_is_taken() -> None:
    assert (
        refused(
            make_consultation(),
            stages=STAGES,
            events=[
                an_event(ends_at="2021-12-02 19:30"),
                an_event(title="The answer", stage="Published", promised_on="2022-03-31"),
                an_event(title="First talks", starts_at="2021-06-20", precision="month"),
            ],
            updates=[{"on": "2022-01-10", "title": "Today", "text": NEWS}],
        )
        == []
    )


def test_update_of_the_past_is_refused() -> None:
    (sentence,) = refused(
        make_consultation(), updates=[{"on": "2022-01-09", "title": "Late news", "text": NEWS}]
    )
    assert sentence == (
        "“Late news” is dated 9 January 2022, which has passed: date news on the day it is "
        "published, or on a day to come."
    )


def test_published_update_may_be_corrected() -> None:
    consultation = make_consultation()
    update = Update.objects.create(consultation=consultation, on=date(2021, 11, 16), title="Open")
    kept = {"id": update.pk, "title": "It is open", "text": NEWS}
    data = [kept | {"on": "2021-11-17"}]
    form_class = Consultation.get_edit_handler().get_form_class()
    sent = typed(consultation, updates=data) | {"updates-INITIAL_FORMS": "1"}
    form = form_class(sent, instance=consultation, parent_page=consultation.get_parent())
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"starts_at": "2021-05-31 23:59"},
            "“Workshop” begins before its stage “Evidence”, which begins on 1 June 2021: "
            "move the event or the stage.",
        ),
        (
            {"starts_at": "2022-01-21 18:00", "ends_at": "2022-01-22 09:00"},
            "“Workshop” ends after its stage “Evidence”, which ends on 21 January 2022: "
            "move the event or the stage.",
        ),
        (
            {"starts_at": "2022-02-01", "precision": "month"},
            "“Workshop” ends after its stage “Evidence”, which ends on 21 January 2022: "
            "move the event or the stage.",
        ),
        (
            {"stage": "Evidense"},
            "“Workshop” is in the stage “Evidense”, which is not one of the stages: "
            "write “Evidence”, “Published”, or add it above.",
        ),
        (
            {"ends_at": "2021-12-02 17:00"},
            "“Workshop” ends before it starts: write an end after its beginning.",
        ),
    ],
)
def test_event_outside_its_stage_is_refused(fields: dict[str, str], sentence: str) -> None:
    assert refused(make_consultation(), stages=STAGES, events=[an_event(**fields)]) == [sentence]


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": "2022-01-21 23:59"},
        {"starts_at": "2021-06-01 00:00"},
        {"starts_at": "2022-01-31", "precision": "month"},
        {"starts_at": "", "precision": "unknown"},
        {"stage": "evidence "},
    ],
)
def test_event_within_its_stage_is_taken(fields: dict[str, str]) -> None:
    assert refused(make_consultation(), stages=STAGES, events=[an_event(**fields)]) == []


def test_event_before_any_stage_is_added_says_so() -> None:
    assert refused(make_consultation(), events=[an_event()]) == [
        "“Workshop” is in the stage “Evidence”: add that stage above it first."
    ]


def test_two_promises_of_one_thing_are_refused() -> None:
    promise = {"title": "Plan published", "stage": "Published", "starts_at": "2022-03-24"}
    events = [
        an_event(**promise, promised_on="2022-03-31"),
        an_event(**promise | {"title": "plan published "}, promised_on="2022-04-30"),
    ]
    assert refused(make_consultation(), stages=STAGES, events=events) == [
        "“plan published” is promised twice in “Published”, by 31 March 2022 and by "
        "30 April 2022: keep one promise."
    ]
    events[1]["promised_on"] = "2022-03-31"
    assert refused(Consultation.objects.get(), stages=STAGES, events=events) == []


def test_stage_that_ends_before_it_starts_is_refused() -> None:
    backwards = {"title": "Evidence", "starts_on": "2022-01-21", "ends_on": "2022-01-20"}
    assert refused(make_consultation(), stages=[backwards]) == [
        "The stage “Evidence” ends before it starts: choose a last day on or after its first."
    ]


def test_two_stages_of_one_name_are_refused() -> None:
    assert refused(make_consultation(), stages=[{"title": "Evidence"}, {"title": "evidence"}]) == [
        "There are two stages called “evidence”: rename or remove one."
    ]


def test_refusal_in_the_admin_changes_nothing_and_keeps_what_was_typed(client: Client) -> None:
    consultation = make_consultation()
    consultation.save_revision().publish()
    client.force_login(make_user(is_superuser=True))
    sent = typed(consultation, stages=STAGES, events=[an_event(stage="Elsewhere", note="At ten")])
    address = reverse("wagtailadmin_pages:edit", args=[consultation.pk])
    answer = client.post(address, sent | {"action-publish": "Publish"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "which is not one of the stages" in page
    assert 'value="At ten"' in page
    assert not TimelineEvent.objects.exists()


def test_two_versions_of_one_number_are_refused() -> None:
    consultation = make_consultation()
    first = EqualityImpactAssessment(
        title="Assessment", slug="one", assessed_on=date(2021, 11, 16), assessed_by="The office"
    )
    consultation.add_child(instance=first)
    form_class = EqualityImpactAssessment.get_edit_handler().get_form_class()
    sent = {
        "title": "Assessment",
        "slug": "two",
        "assessed_on": "2022-03-24",
        "assessed_by": "The office",
        "impacts": inline_formset([]),
    }
    for version, errors in ((1, ["version"]), (2, [])):
        form = form_class(
            nested_form_data(sent | {"version": version}),
            instance=EqualityImpactAssessment(),
            parent_page=consultation,
            for_user=make_user(),
        )
        form.is_valid()
        assert list(form.errors) == errors
    again = form_class(
        nested_form_data(sent | {"version": 1, "slug": "one"}),
        instance=first,
        parent_page=consultation,
        for_user=make_user(),
    )
    assert again.is_valid(), again.errors
