"""The PDFs of the demonstration's plan."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader

from folkmoot.demo.document_pages import as_pdf, plan_contents
from folkmoot.demo.pack import read_pack
from folkmoot.publishing.files import pdfs

DAY = date(2022, 3, 24)


def contents(kind: str) -> str:
    pack = read_pack()
    return json.dumps(plan_contents(pack.plan, pack.site, kind))


@pytest.mark.parametrize("kind", ["draft", "final"])
def test_the_pdf_of_the_plan_passes_the_check_of_uploads(kind: str) -> None:
    checked = pdfs.check(io.BytesIO(as_pdf(contents(kind), DAY)), "plan.pdf")
    assert checked.faults == ()


def test_the_same_plan_gives_the_same_bytes() -> None:
    make = as_pdf.__wrapped__
    assert make(contents("draft"), DAY) == make(contents("draft"), DAY)


def test_the_final_plan_says_more_than_the_draft_and_none_of_its_links_as_marks() -> None:
    draft, final = (
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
        for made in (as_pdf(contents(kind), DAY) for kind in ("draft", "final"))
    )
    assert "The draft, as consulted on" in draft
    assert "The final plan" in final
    assert "demonstration of Folkmoot" in draft
    assert "](page:" not in draft + final
    assert "From April 2023 grants for it run for three" in " ".join(final.split())
    assert "From April 2023" not in draft
