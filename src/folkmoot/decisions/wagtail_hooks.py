"""Decisions join the admin's menu."""

from wagtail.snippets.models import register_snippet

from folkmoot.decisions.viewsets import DecisionViewSet

register_snippet(DecisionViewSet)
