"""The addresses of the screens for files, letters and e-mails, below /admin/responses/."""

from __future__ import annotations

from django.urls import path

from folkmoot.responses.receiving import columns, imports, letters, runs

RECEIVING = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:run_id>/", runs.one, name="import"),
    path("imports/<int:run_id>/columns/", columns.columns, name="import_columns"),
    path("imports/<int:run_id>/values/", columns.values, name="import_values"),
    path("imports/<int:run_id>/check/", runs.check, name="import_check"),
    path("imports/<int:run_id>/start/", runs.start, name="import_start"),
    path("imports/<int:run_id>/stop/", runs.stop, name="import_stop"),
    path("imports/<int:run_id>/undo/", runs.undo, name="import_undo"),
    path("imports/<int:run_id>/give-up/", runs.give_up, name="import_give_up"),
    path("imports/<int:run_id>/file/", runs.file, name="import_file"),
    path("imports/<int:run_id>/faults.csv", runs.faults_csv, name="import_faults"),
    path("imports/<int:run_id>/rows.csv", runs.rows_csv, name="import_rows"),
    path("letters/", letters.index, name="letters"),
    path("letters/<int:draft_id>/", letters.edit, name="letter"),
    path("letters/<int:draft_id>/answers/", letters.split, name="letter_answers"),
    path("letters/<int:draft_id>/file/", letters.file, name="letter_file"),
    path("letters/<int:draft_id>/put-aside/", letters.put_aside, name="letter_aside"),
]
