"""The addresses of the register's screens, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.register import actions, listing, reading, results

REGISTER = [
    path("", listing.index, name="index"),
    path("chosen/", actions.chosen, name="chosen"),
    path("merge/", actions.merge, name="merge"),
    path("flags/<int:flag_id>/clear/", actions.clear, name="clear_flag"),
    path("results/<int:survey_id>/", results.results, name="results"),
    path("<int:response_id>/", reading.one, name="inspect"),
    path("<int:response_id>/files/<int:file_id>/", reading.sent_file, name="file"),
    path("<int:response_id>/flag/", actions.flag, name="flag"),
    path("<int:response_id>/note/", actions.note, name="note"),
    path("<int:response_id>/withdraw/", actions.withdraw, name="withdraw"),
    path("<int:response_id>/restore/", actions.restore, name="restore"),
]
