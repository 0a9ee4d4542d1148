"""The editor of a survey as a browser posts it: any block as the fields of a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail import blocks
from wagtail.test.utils.form_data import rich_text

from folkmoot.responses.models import Survey


def editor_form(survey: Survey, **changed: Any) -> dict[str, Any]:
    """Return a survey as its editor would post it, with some fields changed.

    `steps` are given as the page takes them. Boxes that are not ticked are left out.
    """
    steps = changed.pop("steps", None)
    if steps is not None:
        survey.steps = steps
    fields: dict[str, Any] = {
        "title": survey.title,
        "slug": survey.slug,
        "summary": survey.summary,
        "minutes": survey.minutes,
        "grace": survey.grace,
        "consent": rich_text(survey.consent),
        "monitoring_consent": survey.monitoring_consent,
        "monitoring_kept_days": survey.monitoring_kept_days,
        "version_reason": "",
        "go_live_at": "",
        "expire_at": "",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }
    fields |= posted(survey.steps.stream_block, survey.steps, "steps")
    return fields | changed


def edit(client: Any, survey: Survey, **changed: Any) -> Any:
    """Post the editor of a survey; with `action-publish` it is published."""
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    return client.post(address, editor_form(Survey.objects.get(pk=survey.pk), **changed))


def faults(response: Any) -> dict[str, list[str]]:
    """Return what the editor refused, by field; nothing where it was saved."""
    return {name: list(placed.values()) for name, placed in placed_faults(response).items()}


def placed_faults(response: Any) -> dict[str, dict[str, str]]:
    """Return what the editor refused, by field and by the place in it: "0-questions-1-shown_if"."""
    if response.status_code == 302:
        return {}
    found: dict[str, dict[str, str]] = {}
    for name, errors in response.context["form"].errors.items():
        # The editor shows the first error of a field of blocks, and what is nested in it.
        shown = errors.as_data()[:1] if name == "steps" else errors.as_data()
        found[name] = dict(pair for error in shown for pair in _placed(error, ""))
    return found


def _placed(error: Any, at: str) -> Iterator[tuple[str, str]]:
    if not hasattr(error, "block_errors"):
        yield from ((f"{at}#{place}" if place else at, said) for place, said in enumerate(error))
        return
    for place, said in enumerate(error.non_block_errors):
        yield f"{at}#{place}", str(said)
    inner = error.block_errors
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
    for name, each in pairs:
        if each is not None:
            yield from _placed(each, f"{at}-{name}".strip("-"))


def posted(block: Any, value: Any, name: str) -> dict[str, Any]:
    """Return the fields that a block has in the form of its page."""
    if isinstance(block, blocks.StreamBlock):
        children = [(each.block, each.value, each.block_type) for each in value or ()]
        return _listed(children, name)
    if isinstance(block, blocks.ListBlock):
        return _listed([(block.child_block, each, "") for each in value or ()], name)
    if isinstance(block, blocks.StructBlock):
        fields: dict[str, Any] = {}
        for key, child in block.child_blocks.items():
            # What a test leaves out is as a new block has it.
            given = value[key] if key in value else child.get_default()
            fields |= posted(child, given, f"{name}-{key}")
        return fields
    if isinstance(block, blocks.RichTextBlock):
        return {name: rich_text(value.source if value else "")}
    shown = block.value_for_form(value)
    # A chooser posts the key of what was chosen.
    shown = getattr(shown, "pk", shown)
    if isinstance(block, blocks.BooleanBlock):
        return {name: "on"} if shown else {}
    if shown is None:
        return {name: ""}
    return {name: shown}


def _listed(children: list[tuple[Any, Any, str]], name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {f"{name}-count": len(children)}
    for place, (block, value, kind) in enumerate(children):
        at = f"{name}-{place}"
        fields |= {f"{at}-deleted": "", f"{at}-order": place, f"{at}-type": kind, f"{at}-id": ""}
        fields |= posted(block, value, f"{at}-value")
    return fields
