"""One file of responses: what it would become, how far it is, what came of it, and its undoing."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.core.cells import safe_text
from folkmoot.publishing.clock import now
from folkmoot.responses import tasks
from folkmoot.responses.access import may_read_responses, may_undo_imports
from folkmoot.responses.acts.imports import (
    ImportRefusedError,
    already_there,
    begin_check,
    begin_rows,
    check_import,
    give_up_import,
    keeps_others_waiting,
    opened_rows,
)
from folkmoot.responses.acts.progress import ask_to_stop, progress_of
from folkmoot.responses.acts.undoing import undo_import, work_done
from folkmoot.responses.importing import BrokenTableError, ColumnMapping, ReadRow, references_of
from folkmoot.responses.models import ImportRun
from folkmoot.responses.presenters import answer_words, moment
from folkmoot.responses.questions import MonitoringQuestion, Question, SurveyForm, survey_form
from folkmoot.responses.receiving.imports import importer, run_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

State = ImportRun.State
# A file up to this size is checked while its officer waits; larger ones by the worker.
CHECKED_AT_ONCE = 400_000
ROWS_SHOWN = 20
BATCH = 1000
RUNNING = (State.CHECKING, State.IMPORTING)


@require_GET
@never_cache
def one(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show how far a file is, and what can be done with it now."""
    importer(request)
    run = run_of(run_id)
    form = survey_form(run.survey)
    shown: dict[str, Any] = {
        "run": run,
        "counts": run.counts,
        "is_running": run.state in RUNNING,
        "progress": progress_of(run) if run.state in RUNNING else None,
        "may_undo": may_undo_imports(request.user),
        "may_read": may_read_responses(request.user),
        "made": moment(run.made_at),
        "imported": moment(run.imported_at) if run.imported_at else "",
        "undone": moment(run.undone_at) if run.undone_at else "",
    }
    if run.state == State.IMPORTED:
        shown["why_not_undone"] = work_done(run)
    if run.state == State.CHECKED:
        shown |= {
            "unlisted": _unlisted(run, form),
            "becomes": _becomes(run, form),
            "why_not_now": keeps_others_waiting(run.counts.get("responses", 0)),
        }
    return render(request, "responses/receiving/run.html", shown)


@require_POST
def check(request: HttpRequest, run_id: int) -> HttpResponse:
    """Check a file again."""
    importer(request)
    run = run_of(run_id)
    try:
        check_now_or_later(run)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect("responses:import", run.pk)


def check_now_or_later(run: ImportRun) -> None:
    """Check a small file at once, and let the worker check a large one."""
    begin_check(run)
    if run.bytes <= CHECKED_AT_ONCE:
        check_import(run, now())
    else:
        transaction.on_commit(partial(tasks.check_file.enqueue, run.pk))


@require_POST
def start(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let the worker write a checked file to the register."""
    officer = importer(request)
    run = run_of(run_id)
    again = request.POST.get("again") == "yes"
    try:
        with transaction.atomic():
            attempt = begin_rows(run, officer, again=again)
            transaction.on_commit(partial(tasks.import_file.enqueue, run.pk, attempt))
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect("responses:import", run.pk)


@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask the worker to stop: nothing is written then."""
    importer(request)
    run = run_of(run_id)
    if run.state in RUNNING:
        ask_to_stop(run)
        messages.success(request, "It stops before the next thousand rows, and writes nothing.")
    else:
        messages.error(request, f"There is nothing to stop: it is {run.get_state_display()}.")
    return redirect("responses:import", run.pk)


@require_POST
def undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Take an import out of the register whole."""
    officer = importer(request)
    run = run_of(run_id)
    if not may_undo_imports(officer):
        messages.error(request, "You may import files, and somebody else may undo them.")
        return redirect("responses:import", run.pk)
    try:
        taken = undo_import(run, now(), officer)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{taken:,} responses left the register. The file stays here.")
    return redirect("responses:import", run.pk)


@require_POST
def give_up(request: HttpRequest, run_id: int) -> HttpResponse:
    """Put an end to a file that is not in the register."""
    officer = importer(request)
    run = run_of(run_id)
    try:
        give_up_import(run, now(), officer)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect("responses:imports")


@require_GET
@never_cache
def file(request: HttpRequest, run_id: int) -> FileResponse:
    """Send a file as it came, never shown by the browser."""
    importer(request)
    run = run_of(run_id)
    if not run.file or not run.file.storage.exists(str(run.file.name)):
        raise Http404
    opened = run.file.storage.open(str(run.file.name), "rb")
    return FileResponse(
        opened, as_attachment=True, filename=run.name, content_type="application/octet-stream"
    )


@require_GET
@never_cache
def faults_csv(request: HttpRequest, run_id: int) -> StreamingHttpResponse:
    """Send everything that is wrong with a file, by row and column."""
    importer(request)
    run = run_of(run_id)
    return _csv(f"faults-of-import-{run.pk}.csv", _fault_lines(run))


@require_GET
@never_cache
def rows_csv(request: HttpRequest, run_id: int) -> StreamingHttpResponse:
    """Send what each row of a file becomes."""
    importer(request)
    run = run_of(run_id)
    return _csv(f"rows-of-import-{run.pk}.csv", _row_lines(run))


def _fault_lines(run: ImportRun) -> Iterator[list[str]]:
    yield ["Row", "Column", "Heading", "What is wrong"]
    try:
        with opened_rows(run, now()) as rows:
            for row in rows:
                for fault in row.faults:
                    yield [str(fault.row), fault.column, fault.heading, fault.sentence]
    except BrokenTableError as error:
        yield ["", "", "", str(error)]


def _row_lines(run: ImportRun) -> Iterator[list[str]]:
    form = survey_form(run.survey)
    names = [name for question in _asked(form) for name in question.names]
    there = already_there(run)
    yield ["Row", "Becomes", "Number there", "Submitted at", "Channel", "Organisation", *names]
    try:
        with opened_rows(run, now()) as rows:
            while batch := list(itertools.islice(rows, BATCH)):
                known = there(references_of(batch))
                for row in batch:
                    yield _row_line(row, names, known)
    except BrokenTableError as error:
        yield ["", str(error)]


def _row_line(row: ReadRow, names: list[str], known: Iterable[Any]) -> list[str]:
    found = row.response
    if found is None:
        word = "nothing: it has faults" if row.faults else "nothing: it was not sent there"
        return [str(row.number), word]
    is_known = (found.reference_there, found.submitted_at) in known
    return [
        str(row.number),
        "nothing: it is in the register" if is_known else "a response",
        found.reference_there,
        found.submitted_at.isoformat(),
        found.channel,
        found.organisation,
        *("; ".join(found.answers.get(name, ())) for name in names),
    ]


def _csv(name: str, lines: Iterable[list[str]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    # With the mark by which spreadsheets know UTF-8.
    written = (writer.writerow([safe_text(cell) for cell in line]) for line in lines)
    response = StreamingHttpResponse(
        itertools.chain(["\ufeff"], written), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(form: SurveyForm) -> list[Question]:
    """Return the questions whose answers are shown: equality answers never stand beside others."""
    return [each for each in form.questions if not isinstance(each, MonitoringQuestion)]


class _Echo:
    """Gives back each line that is written to it."""

    def write(self, line: str) -> str:
        return line


def _unlisted(run: ImportRun, form: SurveyForm) -> list[dict[str, Any]]:
    """Return values that are no option, and those already matched, by question."""
    parts = {part.key: part for part in form.parts}
    mapping = ColumnMapping.read(run.mapping)
    rows = list(run.unlisted)
    listed = {(row["answer"], row["key"]) for row in rows}
    rows += [
        {"answer": answer, "key": key, "value": key, "rows": None}
        for answer, found in mapping.values.items()
        for key in found
        if (answer, key) not in listed
    ]
    groups: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows):
        key, _, code = row["answer"].partition("|")
        part = parts.get(key)
        if part is None:
            continue
        meant = mapping.values.get(row["answer"], {}).get(row["key"])
        options = [(f"code:{each.code}", each.label) for each in getattr(part, "options", ())]
        if code:
            label = next((text for each, text in options if each == f"code:{code}"), code)
            options = [(f"code:{code}", f"“{label}” was chosen")]
        has_other = any(each.asks_text for each in getattr(part, "options", ()))
        group = groups.setdefault(key, {"title": part.title, "rows": []})
        group["rows"].append(
            {
                **row,
                "number": number,
                "options": options,
                "chosen": (
                    "as-it-is" if meant is None else f"code:{meant}" if meant else "leave-out"
                ),
                "as_it_is": (
                    "Kept as what was typed under “other”"
                    if has_other and mapping.keeps_other
                    else "A fault: not matched yet"
                ),
            }
        )
    return list(groups.values())


def _becomes(run: ImportRun, form: SurveyForm) -> list[dict[str, Any]]:
    """Return what the first rows become, in words."""
    try:
        with opened_rows(run, now()) as rows:
            first = list(itertools.islice(rows, ROWS_SHOWN))
    except BrokenTableError:
        return []
    known = already_there(run)(references_of(first))
    shown: list[dict[str, Any]] = []
    for row in first:
        found = row.response
        if found is None:
            shown.append({"row": row, "response": None})
            continue
        said = [
            (question.title, words)
            for question in _asked(form)
            if (words := answer_words(question, found.answers))
        ]
        shown.append(
            {
                "row": row,
                "response": found,
                "submitted": moment(found.submitted_at),
                "is_known": (found.reference_there, found.submitted_at) in known,
                "said": said,
            }
        )
    return shown
