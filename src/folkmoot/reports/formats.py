"""One set of contents as PDF and spreadsheet; the HTML is a page of the site, or stands alone.

The same contents give the same bytes: no clock is asked, and dates of creation are that of the
report.
"""

from __future__ import annotations

import json
import warnings
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import gptables
import pandas as pd
import typst
from django.template.loader import render_to_string

from folkmoot.core.tables import MINUS

if TYPE_CHECKING:
    from folkmoot.reports.models import Report

TEMPLATE = Path(__file__).parent / "typst" / "quarterly.typ"
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(report: Report, form: str) -> str:
    """Return the name of a report's file: "quarterly-2024-Q4-v1.pdf"."""
    return f"{report.kind}-{report.period}-v{report.version}.{form}"


def as_pdf(contents: dict[str, Any], made: datetime) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of the contents."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        printed = json.loads(json.dumps(contents))
        for priority in printed["priorities"]:
            for measure in priority["measures"]:
                svg = measure["chart"]
                name = f"{measure['slug']}.svg"
                measure["chart"] = name if svg else None
                if svg:
                    (root / name).write_text(svg)
        (root / "report.json").write_text(json.dumps(printed))
        (root / "report.typ").write_text(TEMPLATE.read_text())
        pdf: bytes = typst.compile(
            root / "report.typ",
            root=root,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(made.timestamp()),
        )
        return pdf


def as_xlsx(contents: dict[str, Any], made: datetime) -> bytes:
    """Return an accessible spreadsheet: cover, contents, one table a sheet."""
    sheets = {
        f"Priority {number}": _measures_sheet(contents, priority, number)
        for number, priority in enumerate(contents["priorities"], start=1)
    }
    sheets["Readings"] = _table(
        "readings",
        "What the statistics say of each measure",
        ["Measure", "Reading", "In a sentence"],
        [
            [m["title"], (m["reading"] or {}).get("word", "[x]"), _sentence(m)]
            for priority in contents["priorities"]
            for m in priority["measures"]
        ],
        contents,
    )
    if contents["commitments"]:
        sheets["Commitments"] = _table(
            "commitments",
            f"Commitments as they stood on {contents['commitments_on']}",
            ["Commitment", "Lead", "Due", "Standing", "Why it is late"],
            [
                [c["title"], c["lead"], c["due"], c["standing"], c["lateness"] or "[z]"]
                for c in contents["commitments"]
            ],
            contents,
        )
    if contents["releases"]:
        sheets["Releases"] = _table(
            "releases",
            "Releases that the figures come from",
            ["Release", "Publisher", "Published", "Status", "Licence", "Files (SHA-256)"],
            [
                [
                    r["title"],
                    r["publisher"],
                    r["released_on"],
                    r["status"],
                    r["licence"],
                    "; ".join(f"{file['name']}: {file['sha256']}" for file in r["files"]),
                ]
                for r in contents["releases"]
            ],
            contents,
        )
    cover = gptables.Cover(
        title=contents["title"],
        intro=["Introductory information", contents["summary"], contents["notice"] or " "],
        about=["Notes on the figures", *contents["notes"]],
        contact=["Published by", contents["body"]],
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        with warnings.catch_warnings():
            # It says that there are no notes, and that it calls pandas in a way of the past.
            warnings.simplefilter("ignore")
            workbook = gptables.produce_workbook(
                filename=str(path), sheets=sheets, cover=cover, contentsheet_label="Contents"
            )
        workbook.set_properties(
            {
                "title": contents["title"],
                "author": contents["body"],
                "created": made.replace(tzinfo=None, microsecond=0),
            }
        )
        workbook.close()
        return path.read_bytes()


def as_html(contents: dict[str, Any]) -> bytes:
    """Return a page that stands alone: its style is within, it needs no site and no network."""
    return render_to_string("reports/alone.html", {"report": contents, "style": _style()}).encode()


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "typst" / "alone.css").read_text()


def _sentence(measure: dict[str, Any]) -> str:
    said = measure["reading"]["sentence"] if measure["reading"] else ""
    return " ".join(part for part in (said, measure["note"]) if part)


def _measures_sheet(
    contents: dict[str, Any], priority: dict[str, Any], number: int
) -> gptables.GPTable:
    period = contents["period_label"]
    headers = [
        "Measure",
        period,
        "Same months a year before",
        "Change on the year before",
        "12 months to the end of the quarter",
        "12 months before those",
        "Change on the 12 months before",
    ]
    rows = [
        [measure["title"], *(_cell(cell) for cell in measure["cells"])]
        for measure in priority["measures"]
    ]
    return _table(f"priority_{number}", priority["title"], headers, rows, contents)


def _cell(text: str) -> str | float:
    """Return a printed cell as a number where it is one, so that a spreadsheet can reckon."""
    try:
        return float(text.replace(",", "").replace(MINUS, "-"))
    except ValueError:
        return text


def _table(
    name: str, title: str, headers: list[str], rows: list[list[Any]], contents: dict[str, Any]
) -> gptables.GPTable:
    return gptables.GPTable(
        table=pd.DataFrame(rows, columns=headers),
        table_name=name,
        title=title,
        subtitles=[contents["title"]],
        legend=["[x] not available", "[z] not applicable"],
        source=f"{contents['body']}, from the releases listed",
        index_columns={2: 0},
    )


def write(report: Report, out: Path) -> list[Path]:
    """Write the files of a report to a folder; return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for form, content in (
        ("html", as_html(report.contents)),
        ("pdf", bytes(report.pdf)),
        ("xlsx", bytes(report.xlsx)),
    ):
        path = out / file_name(report, form)
        path.write_bytes(content)
        written.append(path)
    return written
