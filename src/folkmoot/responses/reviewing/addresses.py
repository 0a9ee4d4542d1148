"""The addresses of publishing's screens, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.reviewing import screens

REVIEWING = [
    path("publishing/", screens.surveys, name="publishing"),
    path("publishing/<int:survey_id>/switch/", screens.switch, name="switch_publishing"),
    path("publishing/<int:survey_id>/next/", screens.following, name="review_next"),
    path("<int:response_id>/review/", screens.review, name="review"),
]
