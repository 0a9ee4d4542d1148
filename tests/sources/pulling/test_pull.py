"""The files of a release in a folder, with a record of where each came from."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from folkmoot.sources.offers import Offer
from folkmoot.sources.population import SOURCE
from folkmoot.sources.pulling import PullError, pull

AT = datetime(2025, 3, 12, 8, 30, tzinfo=UTC)
PAGE = "https://example.org/figures"


def source(*files: tuple[str, str], most_bytes: int = 1_000_000):
    return replace(SOURCE, offer=Offer(page=PAGE, files=files, most_bytes=most_bytes))


@pytest.fixture
def one(publisher):
    publisher.files["/a.csv"] = b"Code,2022_Population\n"
    return source((publisher.url("/a.csv"), "population.csv"))


def record(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "pulled.json").read_text())


def test_a_release_lies_under_its_day_and_in_the_record(one, publisher, told, tmp_path) -> None:
    publisher.headers["Last-Modified"] = "Mon, 10 Mar 2025 09:00:00 GMT"
    pulled = pull(one, tmp_path, AT, told.line)
    (file,) = pulled.files
    assert file.path == tmp_path / "2025-03-12/population.csv"
    assert file.path.read_bytes() == publisher.files["/a.csv"]
    assert file.is_new
    assert pulled.released_on == date(2025, 3, 10)
    assert record(tmp_path) == [
        {
            "name": "population.csv",
            "path": "2025-03-12/population.csv",
            "address": publisher.url("/a.csv"),
            "sha256": hashlib.sha256(publisher.files["/a.csv"]).hexdigest(),
            "bytes": 21,
            "etag": publisher.etag("/a.csv"),
            "modified_on": "2025-03-10",
            "pulled_at": "2025-03-12T08:30:00+00:00",
        }
    ]
    assert list((tmp_path / ".parts").iterdir()) == []


@pytest.mark.parametrize("with_etag", [True, False])
def test_a_file_that_has_not_changed_stays_as_it_is(
    with_etag, one, publisher, told, tmp_path
) -> None:
    publisher.with_etag = with_etag
    first = pull(one, tmp_path, AT, told.line).files[0]
    again = pull(one, tmp_path, AT + timedelta(days=30), told.line).files[0]
    assert (again.path, again.sha256, again.is_new) == (first.path, first.sha256, False)
    assert len(record(tmp_path)) == 1
    assert not (tmp_path / "2025-04-11").exists()


def test_a_new_release_leaves_the_one_before(one, publisher, told, tmp_path) -> None:
    first = pull(one, tmp_path, AT, told.line).files[0]
    publisher.files["/a.csv"] = b"Code,2022_Population,2023_Population\n"
    later = pull(one, tmp_path, AT + timedelta(days=30), told.line).files[0]
    assert later.is_new
    assert first.path.read_bytes() == b"Code,2022_Population\n"
    assert later.path.read_bytes() == publisher.files["/a.csv"]
    assert [each["path"] for each in record(tmp_path)] == [
        "2025-03-12/population.csv",
        "2025-04-11/population.csv",
    ]


def test_a_file_that_was_deleted_is_fetched_again(one, told, tmp_path) -> None:
    pull(one, tmp_path, AT, told.line).files[0].path.unlink()
    assert pull(one, tmp_path, AT, told.line).files[0].is_new


def test_of_two_files_both_come_or_none(publisher, told, tmp_path) -> None:
    publisher.files["/a.csv"] = b"a\n"
    both = source((publisher.url("/a.csv"), ""), (publisher.url("/b.csv"), ""))
    with pytest.raises(PullError, match="There is nothing at"):
        pull(both, tmp_path, AT, told.line)
    assert not (tmp_path / "pulled.json").exists()
    assert [each.name for each in tmp_path.iterdir()] == [".parts"]
    publisher.files["/b.csv"] = b"b\n"
    assert [each.path.name for each in pull(both, tmp_path, AT, told.line).files] == [
        "a.csv",
        "b.csv",
    ]


def test_an_address_may_be_given_in_place_of_one_that_has_moved(
    one, publisher, told, tmp_path
) -> None:
    publisher.files["/new/b.csv"] = b"b\n"
    pulled = pull(one, tmp_path, AT, told.line, addresses=[publisher.url("/new/b.csv")])
    assert [each.path.name for each in pulled.files] == ["b.csv"]


def test_a_source_that_nobody_offers_says_where_to_look(told, tmp_path) -> None:
    with pytest.raises(PullError, match=r"download it from https://www\.ons.* or give its addr"):
        pull(replace(SOURCE, offer=None), tmp_path, AT, told.line)


def test_one_checksum_is_of_one_file(publisher, told, tmp_path) -> None:
    both = source((publisher.url("/a.csv"), ""), (publisher.url("/b.csv"), ""))
    with pytest.raises(PullError, match="has 2 files, and one SHA-256 is of one file"):
        pull(both, tmp_path, AT, told.line, sha256="0" * 64)
    assert publisher.asked == []


def test_a_record_that_cannot_be_read_is_not_written_over(one, told, tmp_path) -> None:
    (tmp_path / "pulled.json").write_text("{")
    with pytest.raises(PullError, match=r"pulled\.json cannot be read"):
        pull(one, tmp_path, AT, told.line)
    assert (tmp_path / "pulled.json").read_text() == "{"


def test_two_pulls_into_one_folder_do_not_meet(one, publisher, told, tmp_path) -> None:
    (tmp_path / ".parts").mkdir()
    other = os.open(tmp_path / ".parts", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(PullError, match="is under way: wait until it has ended"):
        pull(one, tmp_path, AT, told.line)
    assert publisher.asked == []
    os.close(other)
    assert pull(one, tmp_path, AT, told.line).files[0].is_new


def resource(title: str, url: str, until: str) -> dict[str, str]:
    return {"title": title, "url": url, "temporal_coverage_to": until, "format": "csv"}


@pytest.fixture
def listing(publisher):
    """A catalogue in the shape of the London Datastore's, with two editions of one file."""
    publisher.files["/new"] = b"new\n"
    publisher.files["/old"] = b"old\n"
    publisher.files["/list"] = json.dumps(
        {
            "title": "Figures",
            "resources": {
                "1": resource("Level (Historical).csv", publisher.url("/x"), "2026-09"),
                "2": resource("Level.csv", publisher.url("/old"), "2025-01"),
                "3": resource("Level.csv", publisher.url("/new"), "2025-02"),
            },
        }
    ).encode()
    return lambda *titles: replace(
        SOURCE, offer=Offer(page=PAGE, catalogue=publisher.url("/list"), titles=titles)
    )


def test_the_newest_file_of_a_title_is_taken_from_the_list(
    listing, publisher, told, tmp_path
) -> None:
    publisher.moods = [("status", 503, {"Retry-After": "3"})]
    (file,) = pull(listing(r"Level\.csv"), tmp_path, AT, told.line).files
    assert (file.path.name, file.path.read_bytes()) == ("Level.csv", b"new\n")
    assert told.waited == [3]


def test_a_title_that_is_no_longer_listed_is_told_with_what_there_is(
    listing, told, tmp_path
) -> None:
    with pytest.raises(PullError, match=r"has Level \(Historical\)\.csv and Level\.csv\): give"):
        pull(listing(r"Ward\.csv"), tmp_path, AT, told.line)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"resources": 3}'])
def test_a_list_that_is_none_is_told(answer, listing, publisher, told, tmp_path) -> None:
    publisher.files["/list"] = answer
    with pytest.raises(PullError, match="no longer answers with a list of files"):
        pull(listing(r"Level\.csv"), tmp_path, AT, told.line)


def test_a_list_that_does_not_come_is_told(listing, publisher, told, tmp_path) -> None:
    publisher.moods = [("status", 500)] * 5
    with pytest.raises(PullError, match="does not answer: pull again later"):
        pull(listing(r"Level\.csv"), tmp_path, AT, told.line)
