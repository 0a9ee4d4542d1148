"""Population figures in Chromium: checked, mended, accepted, and read by the public."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import served
from tests.browser.test_workbench import ANALYST, RESULTS, check, password, sign_in

pytestmark = pytest.mark.browser

HEAD = "question,level,people,source,licence,day\n"
FIRST = "sex,female,52,A count of the town,OGL v3.0,2021-03-21\n"


def test_figures_are_mended_accepted_and_shown(
    visit: Any, no_fault: Any, chromium: Any, london_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "sexes.csv"
    with served(london_file, tmp_path, at="") as site:
        page = visit()
        sign_in(page, site, ANALYST, password(london_file))
        page.goto(f"{site}/admin/themes/population/")
        page.locator("td.title a", has_text="Your say on the draft").press("Enter")
        page.wait_for_url(re.compile(r"/population/\d+/$"))
        check(page)
        file.write_text(f"{HEAD}{FIRST}sex,man,48,,,\n")
        page.set_input_files("#file", file)
        page.get_by_role("button", name="Check the file").press("Enter")
        alert = page.locator(".help-critical")
        alert.wait_for()
        assert "Row 3, column level" in alert.inner_text()
        check(page)
        file.write_text(f"{HEAD}{FIRST}sex,male,48,,,\n")
        page.set_input_files("#file", file)
        page.get_by_role("button", name="Check the file").press("Enter")
        accept = page.get_by_role("button", name="Accept these figures")
        accept.wait_for()
        check(page)
        accept.press("Enter")
        page.get_by_text("In use now, from A count of the town").wait_for()
        check(page)
        page.goto(f"{site}{RESULTS}?figures=accepted")
        said = page.locator("#against-the-population").locator("xpath=..").inner_text()
        assert "What is your sex?" in said
        assert "A count of the town" in said
        assert "“What is your sex?”" in page.locator("#weighting").locator("xpath=..").inner_text()
        no_fault(page)
