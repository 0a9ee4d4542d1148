"""A quarterly update: what it says, that it is frozen, and its files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook
from tests.factories import (
    make_commitment,
    make_home,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.core.periods import Month, Quarter, month_range
from folkmoot.performance.querysets import Observed
from folkmoot.plans.models import Plan
from folkmoot.reports import formats
from folkmoot.reports.acts import ReportRefusedError, build_report
from folkmoot.reports.contents import Comparison, compare
from folkmoot.reports.models import Report, ReportIndex

AT = datetime(2023, 2, 10, 9, tzinfo=UTC)
LATER = datetime(2023, 3, 10, 9, tzinfo=UTC)
STEADY = [200, 204, 197, 201, 199, 203, 198, 202, 200, 205, 196, 201]
# January 2021 to December 2022, the last month far above what it was.
VALUES = [*STEADY, *STEADY[:-1], 290]


def seen(first: Month, values: list[float], release=None) -> Observed:
    months = month_range(first, first.shift(len(values) - 1))
    return Observed("x", release, months, tuple(values), (None,) * len(values))


def test_a_quarter_is_compared_with_a_year_before_and_twelve_months() -> None:
    values = [float(value) for value in range(1, 25)]
    compared = compare(seen(Month(2021, 1), values), Quarter(2022, 4), is_rolling=False)
    assert compared == Comparison(22 + 23 + 24, 10 + 11 + 12, sum(range(13, 25)), sum(range(1, 13)))


def test_a_period_with_a_missing_month_is_not_available() -> None:
    short = seen(Month(2021, 3), [1.0] * 22)
    compared = compare(short, Quarter(2022, 4), is_rolling=False)
    assert compared == Comparison(3, 3, 12, None)


def test_a_rolling_share_is_not_summed() -> None:
    shares = seen(Month(2021, 1), [0.5] * 23 + [0.6])
    compared = compare(shares, Quarter(2022, 4), is_rolling=True)
    assert compared == Comparison(0.6, 0.5, None, None)


@pytest.fixture
def plan() -> Plan:
    plan = make_plan(slug="plan", starts_on=date(2021, 4, 1))
    make_measure(plan, title="Personal robbery", slug="personal-robbery")
    make_measure(plan, title="Homicide", slug="homicide", series="homicide")
    make_measure(plan, title="Accounts", slug="accounts", series="", kind="qualitative")
    release = make_release(date(2023, 2, 1))
    make_observations(release, "personal-robbery", Month(2021, 1), VALUES)
    make_observations(release, "homicide", Month(2021, 1), [10, 9, 11] * 8)
    make_commitment(plan, title="Patrol in the evening", due=date(2022, 6, 30))
    return plan


@pytest.fixture
def report(db: None, plan: Plan) -> Report:
    return build_report("plan", "quarterly", "2022-Q4", at=AT)


def test_a_report_leaves_no_measure_out(report: Report) -> None:
    titles = [
        measure["title"]
        for priority in report.contents["priorities"]
        for measure in priority["measures"]
    ]
    assert titles == ["Personal robbery", "Homicide", "Accounts"]


def test_what_got_worse_is_said_first(report: Report) -> None:
    headlines = report.contents["headlines"]
    assert headlines[0].startswith("Personal robbery: 290")
    assert "for the worse" in headlines[0]
    assert headlines[-1].startswith("1 other measure is within")


def test_figures_of_a_report_are_sums_of_the_observations(report: Report) -> None:
    robbery = report.contents["priorities"][0]["measures"][0]
    quarter, before = sum(VALUES[21:24]), sum(VALUES[9:12])
    assert robbery["cells"][:3] == [
        str(quarter),
        str(before),
        f"+{(quarter / before - 1) * 100:.1f}%",
    ]
    assert robbery["cells"][3] == f"{sum(VALUES[12:]):,}"


def test_a_late_commitment_is_in_the_report(report: Report) -> None:
    (commitment,) = report.contents["commitments"]
    assert commitment["standing"] == "Overdue"
    assert report.contents["commitments_on"] == "31 December 2022"


def test_the_same_values_give_the_same_report(report: Report) -> None:
    again = build_report("plan", "quarterly", "2022-Q4", at=LATER, known_on=report.known_on)
    assert again == report
    assert Report.objects.count() == 1


def test_other_values_give_a_new_version_and_keep_the_old(report: Report) -> None:
    corrected = make_release(date(2023, 3, 1))
    make_observations(corrected, "personal-robbery", Month(2021, 1), [*VALUES[:-1], 280])
    second = build_report("plan", "quarterly", "2022-Q4", at=LATER)
    assert (report.version, second.version) == (1, 2)
    kept = Report.objects.get(pk=report.pk)
    assert "290" in kept.contents["headlines"][0]
    assert "280" in second.contents["headlines"][0]


def test_a_report_as_known_then_does_not_know_later_releases(report: Report) -> None:
    corrected = make_release(date(2023, 3, 1))
    make_observations(corrected, "personal-robbery", Month(2021, 1), [*VALUES[:-1], 280])
    then = build_report("plan", "quarterly", "2022-Q4", at=LATER, known_on=report.known_on)
    assert then == report


def test_building_is_on_the_record(report: Report) -> None:
    line = AuditRecord.objects.get(act="report built")
    assert line.after["fingerprint"] == report.fingerprint


@pytest.mark.parametrize(
    ("plan_slug", "kind", "period", "says"),
    [
        ("other", "quarterly", "2022-Q4", "There is no plan 'other': the plans are plan."),
        ("plan", "weekly", "2022-Q4", "There is no kind of report 'weekly'"),
        ("plan", "quarterly", "2022-5", "'2022-5' is not a quarter"),
        ("plan", "quarterly", "2019-Q4", "outside the plan"),
        ("plan", "quarterly", "2024-Q4", "choose another quarter"),
    ],
)
def test_a_report_that_cannot_be_built_is_refused_in_a_sentence(
    db: None, plan: Plan, plan_slug: str, kind: str, period: str, says: str
) -> None:
    with pytest.raises(ReportRefusedError, match=says.replace("(", r"\(")):
        build_report(plan_slug, kind, period, at=AT)
    assert not Report.objects.exists()


def test_a_day_before_any_release_is_refused(db: None, plan: Plan) -> None:
    with pytest.raises(ReportRefusedError, match="No release was known on 1 January 2023"):
        build_report("plan", "quarterly", "2022-Q3", at=AT, known_on=date(2023, 1, 1))


def structure_types(pdf: pikepdf.Pdf) -> list[str]:
    """Return the types of all elements of a PDF's structure tree, in reading order."""
    found: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"])

    walk(pdf.Root.StructTreeRoot)
    return found


def alternative_texts(pdf: pikepdf.Pdf) -> list[str]:
    """Return the alternative text of every figure of a PDF."""
    texts: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == "/Figure" and "/Alt" in element:
                texts.append(str(element["/Alt"]))
            if "/K" in element:
                walk(element["/K"])

    walk(pdf.Root.StructTreeRoot)
    return texts


def test_the_pdf_is_tagged_for_screen_readers(report: Report) -> None:
    with pikepdf.open(BytesIO(bytes(report.pdf))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Quarterly update: October to December 2022"
        types = structure_types(pdf)
        assert "/H1" in types
        assert types.count("/TH") >= 7
        assert "/Table" in types
        texts = alternative_texts(pdf)
    robbery = report.contents["priorities"][0]["measures"][0]
    assert robbery["description"] in texts
    assert all(texts)


def test_the_same_contents_give_the_same_bytes(report: Report) -> None:
    assert formats.as_pdf(report.contents, AT) == bytes(report.pdf)
    assert formats.as_xlsx(report.contents, AT) == bytes(report.xlsx)


def test_the_spreadsheet_holds_the_same_values(report: Report) -> None:
    book = load_workbook(BytesIO(bytes(report.xlsx)))
    assert book.sheetnames[:2] == ["Cover", "Contents"]
    assert {"Priority 1", "Readings", "Commitments", "Releases"} <= set(book.sheetnames)
    cells = [[cell.value for cell in row] for row in book["Priority 1"].iter_rows()]
    (row,) = [row for row in cells if row[0] == "Personal robbery"]
    assert row[1] == sum(VALUES[21:24])


def test_the_page_that_stands_alone_asks_for_nothing(report: Report) -> None:
    soup = BeautifulSoup(formats.as_html(report.contents), "html.parser")
    assert soup.h1.text == "Quarterly update: October to December 2022"
    assert not soup.select("script, link, img[src^=http]")
    assert len(soup.select("figure svg title")) == 2


def test_files_are_written_where_asked(report: Report, tmp_path: Path) -> None:
    written = formats.write(report, tmp_path / "new" / "folder")
    assert [path.name for path in written] == [
        "quarterly-2022-Q4-v1.html",
        "quarterly-2022-Q4-v1.pdf",
        "quarterly-2022-Q4-v1.xlsx",
    ]
    assert all(path.stat().st_size for path in written)


@pytest.fixture
def index(report: Report) -> ReportIndex:
    page = ReportIndex(title="Reports", slug="reports")
    make_home().add_child(instance=page)
    return page


def test_the_page_shows_the_values_of_the_files(
    client: Client, report: Report, index: ReportIndex
) -> None:
    listed = client.get(index.url).content.decode()
    assert "Quarterly update: October to December 2022" in listed
    response = client.get(f"{index.url}quarterly/2022-Q4/")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.h1.text == "Quarterly update: October to December 2022"
    (row,) = [row for row in soup.select("tbody tr") if row.th.text == "Personal robbery"]
    robbery = report.contents["priorities"][0]["measures"][0]
    assert [cell.text for cell in row.select("td")] == robbery["cells"]
    assert soup.find(string=lambda text: "abab" in text)


@pytest.mark.parametrize(("form", "kind"), sorted(formats.TYPES.items()))
def test_files_are_served_as_they_were_frozen(
    client: Client, report: Report, index: ReportIndex, form: str, kind: str
) -> None:
    response = client.get(f"{index.url}quarterly/2022-Q4.{form}")
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response.content == bytes(getattr(report, form))


@pytest.mark.parametrize(
    "path",
    ["quarterly/2022-Q3/", "weekly/2022-Q4/", "quarterly/2022-Q4.docx", "quarterly/x.pdf"],
)
def test_an_unknown_report_is_not_found(client: Client, index: ReportIndex, path: str) -> None:
    assert client.get(f"{index.url}{path}").status_code == 404
