"""The addresses of the register's screens, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.register import listing, reading

REGISTER = [
    path("", listing.index, name="index"),
    path("<int:response_id>/", reading.one, name="inspect"),
]
