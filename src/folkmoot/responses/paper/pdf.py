"""A form on paper as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

TEMPLATE = Path(__file__).parent.parent / "typst" / "paper.typ"
# In points. Clear print is 14, large print 18 (UK Association for Accessible Formats).
CLEAR_PRINT, LARGE_PRINT = 14, 18


def as_pdf(contents: dict[str, Any], made: datetime, size: int = CLEAR_PRINT) -> bytes:
    """Return the form as a PDF with letters of `size` points; the same contents, the same bytes."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "form.json").write_text(json.dumps(contents | {"size": size}))
        (root / "paper.typ").write_text(TEMPLATE.read_text())
        pdf: bytes = typst.compile(
            root / "paper.typ",
            root=root,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(made.timestamp()),
        )
        return pdf
