"""The page editor of a consultation as a browser posts it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from folkmoot.consultations.models import ConsultationIndex

PARTS = ("team", "updates", "documents", "stages", "events", "comments")


def editor_form(plan: Page, **changed: Any) -> dict[str, Any]:
    """Return a whole consultation as the editor posts it; parts are lists of dicts."""
    fields = {
        "title": "Draft police and crime plan",
        "slug": "draft-plan",
        "summary": "Tell us what you think.",
        "statutory_plan": plan.pk,
        "run_by": "The commissioner's office",
        "stage": "Evidence gathering",
        "opens_at": "2021-11-16 09:00",
        "closes_at": "2022-01-21 23:59",
        "outcome_at": "",
        "answer_promised_on": "",
        "outcome": rich_text(""),
        "background": rich_text("<p>Why there is a plan.</p>"),
        "challenge": rich_text("<p>What is hard.</p>"),
        "what_to_share": rich_text("<p>What you see.</p>"),
        "approach": rich_text(""),
        "what_happens_next": rich_text("<p>The board reads it.</p>"),
        "delay_reason": rich_text(""),
        "contact": rich_text("<p>Write to plan@example.org or to 1 High Street, AB1 2CD.</p>"),
        "formats_and_languages": rich_text(""),
        "how_we_use_answers": rich_text("<p>For this only.</p>"),
        "picture": "",
        "picture_alternative": "",
        "area": "London",
        "go_live_at": "",
        "expire_at": "",
        "seo_title": "",
        "search_description": "",
    } | changed
    parts = {name: inline_formset(fields.pop(name, [])) for name in PARTS}
    return nested_form_data(fields | parts)


def add(client: Client, index: ConsultationIndex, form: dict[str, Any]) -> Any:
    """Post a new consultation below an index."""
    address = reverse("wagtailadmin_pages:add", args=["consultations", "consultation", index.pk])
    return client.post(address, form)


def edit(client: Client, page: Page, form: dict[str, Any]) -> Any:
    """Post a changed consultation."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def look(client: Client, page: Page) -> str:
    """Return the page editor as HTML."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def faults(response: Any) -> dict[str, list[str]]:
    """Return what the form refused, by field; entries of a part by "part-number-field"."""
    form = response.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for name, formset in form.formsets.items():
        for number, errors in enumerate(formset.errors):
            found |= {f"{name}-{number}-{field}": list(each) for field, each in errors.items()}
    return found
