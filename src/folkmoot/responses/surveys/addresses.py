"""The addresses of a survey's screens, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.surveys import screens

SURVEYS = [
    path("surveys/<int:survey_id>/try/", screens.try_out, name="try_survey"),
    path("surveys/<int:survey_id>/versions/", screens.versions, name="survey_versions"),
    path("surveys/<int:survey_id>/tests/", screens.tests, name="survey_tests"),
    path("surveys/<int:survey_id>/tests/clear/", screens.clear_tests, name="clear_tests"),
]
