"""What the columns of a file are, and what values that are no option mean: proposed, to confirm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from folkmoot.publishing.clock import local, now
from folkmoot.responses.acts.imports import ImportRefusedError, keep_mapping, opened_file
from folkmoot.responses.importing import (
    DIALECTS,
    BrokenTableError,
    ColumnMapping,
    Preview,
    preview,
    propose,
)
from folkmoot.responses.importing.dialects import PLAIN
from folkmoot.responses.importing.mapping import (
    APART,
    IGNORE,
    LEAVE,
    SITE_TIME,
    SUBMITTED,
    TAKE,
    UTC_TIME,
    uses,
)
from folkmoot.responses.importing.values import is_month_first
from folkmoot.responses.models import Channel, ImportRun
from folkmoot.responses.querysets import remembered_mapping
from folkmoot.responses.questions import MonitoringQuestion, survey_form
from folkmoot.responses.receiving.imports import UNPROCESSABLE, importer, run_of
from folkmoot.responses.receiving.runs import check_now_or_later

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SAMPLES = 3
SAMPLE_MARKS = 60
LONGEST_CONSENT = 50_000
SEPARATORS = {";": "; semicolon", ",": ", comma", "|": "| upright line", "\n": "a new line"}


@never_cache
def columns(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show what each column is proposed to be; on a post keep what was chosen, and check."""
    officer = importer(request)
    run = run_of(run_id)
    asked = request.POST.get("dialect") if request.method == "POST" else ""
    dialect = asked if asked in DIALECTS else run.dialect
    try:
        with opened_file(run) as file:
            seen = preview(file, run.name, dialect)
    except BrokenTableError as error:
        messages.error(request, str(error))
        return redirect("responses:import", run.pk)
    mapping = ColumnMapping.read(run.mapping)
    if request.method != "POST":
        return _page(request, run, seen, mapping)
    if dialect != run.dialect:
        # Another product writes other headings: what was proposed for the first one goes.
        mapping, _ = propose(
            survey_form(run.survey),
            seen.dialect,
            seen.headings,
            seen.sample,
            received_at=mapping.received_at,
        )
        return _page(request, run, seen, mapping, dialect=dialect)
    mapping, fault = _chosen(request, seen, mapping)
    if not fault:
        try:
            keep_mapping(run, mapping, now(), officer, dialect=dialect)
        except ImportRefusedError as error:
            fault = str(error)
    if fault:
        return _page(request, run, seen, mapping, fault=fault)
    check_now_or_later(run)
    return redirect("responses:import", run.pk)


@require_POST
def values(request: HttpRequest, run_id: int) -> HttpResponse:
    """Keep what values mean that are no option, and check the file again."""
    officer = importer(request)
    run = run_of(run_id)
    mapping = ColumnMapping.read(run.mapping)
    meant = {answer: dict(found) for answer, found in mapping.values.items()}
    for name in request.POST:
        if not name.startswith("value-"):
            continue
        number = name.removeprefix("value-")
        answer = request.POST.get(f"answer-{number}", "")
        key = request.POST.get(f"key-{number}", "")
        code = request.POST[name]
        if not answer or not key:
            continue
        if code == "as-it-is":
            meant.get(answer, {}).pop(key, None)
        elif code == "leave-out":
            meant.setdefault(answer, {})[key] = ""
        elif code.startswith("code:"):
            meant.setdefault(answer, {})[key] = code.removeprefix("code:")
    try:
        keep_mapping(run, replace(mapping, values=_offered(run, meant)), now(), officer)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    else:
        check_now_or_later(run)
    return redirect("responses:import", run.pk)


def _offered(run: ImportRun, meant: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return what values mean, without codes that the survey does not offer."""
    codes = {
        part.key: {option.code for option in getattr(part, "options", ())}
        for part in survey_form(run.survey).parts
    }
    return {
        answer: {
            key: code
            for key, code in found.items()
            if not code or code in codes.get(answer.partition("|")[0], ())
        }
        for answer, found in meant.items()
    }


def _chosen(
    request: HttpRequest, seen: Preview, before: ColumnMapping
) -> tuple[ColumnMapping, str]:
    """Return the mapping as it was chosen, and what is wrong with how it was said."""
    said = request.POST
    received, fault = before.received_at, ""
    if typed := said.get("received_on", ""):
        try:
            day = datetime.fromisoformat(typed)
        except ValueError:
            fault = f"“{typed[:20]}” is no day: write it as in 2022-01-21."
        else:
            at = day.replace(hour=12, tzinfo=timezone.get_default_timezone())
            received = min(at, now()).astimezone(UTC).isoformat(timespec="seconds")
    consents = {name: said.get(name, "").strip() for name in ("consent", "monitoring_consent")}
    if any(len(text) > LONGEST_CONSENT or "\0" in text for text in consents.values()):
        fault = "The text that respondents agreed to is too long: shorten it."
        consents = {
            name: text[:LONGEST_CONSENT].replace("\0", "") for name, text in consents.items()
        }
    channel = said.get("channel", "web")
    return (
        replace(
            before,
            columns={
                heading.key: said.get(f"column-{heading.column}", IGNORE)
                for heading in seen.headings
            },
            separator=said.get("separator", ";") if said.get("separator") in SEPARATORS else ";",
            month_first=said.get("month_first") == "yes",
            times=UTC_TIME if said.get("times") == UTC_TIME else SITE_TIME,
            channel=channel if channel in Channel.values else "web",
            unfinished=LEAVE if said.get("unfinished") == LEAVE else TAKE,
            keeps_other=said.get("keeps_other") == "yes",
            received_at=received,
            **consents,  # type: ignore[arg-type]
        ),
        fault,
    )


def _page(
    request: HttpRequest,
    run: ImportRun,
    seen: Preview,
    mapping: ColumnMapping,
    *,
    fault: str = "",
    dialect: str = "",
) -> HttpResponse:
    form = survey_form(run.survey)
    remembered = remembered_mapping(run.survey, seen.dialect, seen.headings)
    _, proposals = propose(form, seen.dialect, seen.headings, seen.sample, remembered=remembered)
    numbers = form.numbers
    groups: list[tuple[str, list[tuple[str, str]]]] = [("", list(APART.items()))]
    for part, found in uses(form):
        number = numbers.get(part.key) or numbers.get(part.key.partition("--")[0])
        groups.append((f"{number}. {part.title}"[:120], found))
    rows = []
    for heading in seen.headings:
        use = mapping.columns.get(heading.key, IGNORE)
        proposed = proposals.get(heading.key)
        cells = [row[heading.column] for row in seen.sample if heading.column < len(row)]
        samples = [cell.strip() for cell in cells if cell.strip()][:SAMPLES]
        rows.append(
            {
                "heading": heading,
                "use": use,
                "why": proposed.why if proposed and proposed.use == use else "",
                "samples": [text[:SAMPLE_MARKS] for text in samples],
                "is_left_out": use == IGNORE,
            }
        )
    received = datetime.fromisoformat(mapping.received_at) if mapping.received_at else now()
    dates = [
        row[heading.column]
        for heading in seen.headings
        if mapping.columns.get(heading.key) == SUBMITTED
        for row in seen.sample
        if heading.column < len(row)
    ]
    shown: dict[str, Any] = {
        "run": run,
        "dialect": dialect or run.dialect,
        "dialects": [(key, each.name) for key, each in DIALECTS.items()],
        "product": seen.dialect.name,
        "is_plain": seen.dialect is PLAIN,
        "encoding": seen.encoding,
        "groups": groups,
        "rows": rows,
        "asked": len(form.questions),
        "mapping": mapping,
        "separators": SEPARATORS.items(),
        "channels": Channel.choices,
        "received_on": local(received).date().isoformat(),
        # Days such as 3/4/2021 alone: somebody must look.
        "is_doubtful": any("/" in cell for cell in dates) and is_month_first(dates) is None,
        "date_sample": next((cell for cell in dates if cell.strip()), ""),
        "has_monitoring": any(isinstance(each, MonitoringQuestion) for each in form.questions),
        "fault": fault,
    }
    status = UNPROCESSABLE if fault else 200
    return render(request, "responses/receiving/columns.html", shown, status=status)
