"""Template tags that every page may use: slots and components."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from folkmoot.publishing.clock import now
from folkmoot.publishing.slots import panels

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any) -> SafeString:
    """Print the panels that higher rooms have for a place on this page."""
    request = context.get("request")
    at = context.get("at") or now()
    printed = [
        render_to_string(panel.template, {**presented, "subject": subject, "at": at}, request)
        for panel, presented in panels(name, subject, at)
    ]
    return mark_safe("".join(printed))
