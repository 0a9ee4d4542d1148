"""Every template can be read, and names only templates that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import folkmoot

PACKAGE = Path(folkmoot.__file__).parent
NAMES = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file).partition("/templates/")[2])
def test_template_can_be_read_and_so_can_those_it_names(file: Path) -> None:
    get_template(str(file).partition("/templates/")[2])
    for name in NAMES.findall(file.read_text()):
        get_template(name)
