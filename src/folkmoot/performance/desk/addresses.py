"""Addresses of the desk, below /admin/performance/, named "performance:…", and its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from folkmoot.performance import access
from folkmoot.performance.desk import evidence, rebases, signals
from folkmoot.responses.menu import Screen

if TYPE_CHECKING:
    from django.urls import URLPattern

DESK: list[URLPattern] = [
    path("signals/", signals.unexplained, name="signals"),
    path("signals/<int:measure_id>/<slug:area>/", signals.another_month, name="another-month"),
    path("signals/<int:measure_id>/<slug:area>/<str:month>/", signals.one, name="explain"),
    path("rebases/", rebases.index, name="rebases"),
    path("rebases/add/", rebases.add, name="add-rebase"),
    path("rebases/<int:rebasing_id>/withdraw/", rebases.withdraw, name="withdraw-rebase"),
    path("evidence/", evidence.index, name="evidence"),
    path("evidence/add/", evidence.add, name="add-evidence"),
    path("evidence/<int:evidence_id>/", evidence.one, name="one-evidence"),
    path("evidence/<int:evidence_id>/review/", evidence.review, name="review-evidence"),
]
SCREENS = [
    Screen("Signals to explain", "performance:signals", "info-circle", access.may_explain),
    Screen("Rebases", "performance:rebases", "history", access.may_rebase),
    Screen("Evidence", "performance:evidence", "doc-full", access.may_withdraw_evidence),
]
