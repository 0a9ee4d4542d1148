"""One file over a line that breaks: all of it or nothing, and never two versions in one."""

from __future__ import annotations

import base64
import hashlib
import socket
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from folkmoot.sources.pulling.download import Downloaded, Wanted, download
from folkmoot.sources.pulling.errors import PullError

CONTENT = bytes(range(256)) * 2000
PAGE = "https://example.org/figures"
NAME = "figures.csv"


def wanted(publisher, **changes) -> Wanted:
    given = {"address": publisher.url(f"/{NAME}"), "page": PAGE, "most_bytes": 10_000_000}
    return Wanted(**(given | changes))


def sha256(content: bytes = CONTENT) -> str:
    return hashlib.sha256(content).hexdigest()


def whole(found: Downloaded | None) -> bytes:
    assert found is not None
    return found.part.path.read_bytes()


@pytest.fixture(autouse=True)
def _offered(publisher) -> None:
    publisher.files[f"/{NAME}"] = CONTENT


def test_a_file_comes_whole_with_its_hash_and_the_publishers_day(publisher, told, tmp_path) -> None:
    publisher.headers["Last-Modified"] = "Mon, 10 Mar 2025 09:00:00 GMT"
    found = download(wanted(publisher), tmp_path, told.line)
    assert whole(found) == CONTENT
    assert found is not None
    assert (found.sha256, found.modified_on) == (sha256(), date(2025, 3, 10))
    assert told.progress[-1] == (len(CONTENT), len(CONTENT))
    assert told.waited == []


def test_the_publisher_is_told_who_asks(publisher, told, tmp_path) -> None:
    download(wanted(publisher), tmp_path, told.line)
    assert publisher.asked[0][1]["User-Agent"].startswith("Folkmoot/")
    assert "github.com/folkmoot" in publisher.asked[0][1]["User-Agent"]


def test_a_cut_download_goes_on_where_it_stopped(publisher, told, tmp_path) -> None:
    publisher.moods = [("cut", 300_000)]
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT
    (_, first), (_, second) = publisher.asked
    assert "Range" not in first
    assert second["Range"] == "bytes=300000-"
    assert second["If-Range"] == publisher.etag(f"/{NAME}")
    assert told.said == [
        f"The line to {publisher.address.removeprefix('http://')} broke: again in 1 s, "
        "from byte 300,000."
    ]


def test_a_later_call_goes_on_where_an_earlier_one_gave_up(publisher, told, tmp_path) -> None:
    publisher.moods = [("cut", 300_000), *[("status", 503)] * 5]
    with pytest.raises(PullError, match=r"what has come so far \(300,000 bytes\) is kept"):
        download(wanted(publisher), tmp_path, told.line)
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT
    assert publisher.asked[-1][1]["Range"] == "bytes=300000-"


def test_a_file_that_changed_between_attempts_begins_again(publisher, told, tmp_path) -> None:
    newer = CONTENT[::-1] + b"more"
    publisher.moods = [("cut", 300_000), ("change", newer)]
    found = download(wanted(publisher), tmp_path, told.line)
    assert whole(found) == newer
    assert found is not None
    assert found.sha256 == sha256(newer)


def test_without_a_name_for_its_version_a_cut_file_is_never_continued(
    publisher, told, tmp_path
) -> None:
    publisher.with_etag = False
    publisher.moods = [("cut", 300_000)]
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT
    assert all("Range" not in headers for _, headers in publisher.asked)


def test_a_server_that_knows_no_parts_sends_all_again(publisher, told, tmp_path) -> None:
    publisher.with_ranges = False
    publisher.moods = [("cut", 300_000)]
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT


def test_a_file_that_had_come_whole_is_not_fetched_again(publisher, told, tmp_path) -> None:
    first = download(wanted(publisher), tmp_path, told.line)
    assert first is not None
    again = download(wanted(publisher), tmp_path, told.line)
    assert whole(again) == CONTENT
    assert publisher.asked[-1][1]["Range"] == f"bytes={len(CONTENT)}-"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_publisher_is_left_alone_for_as_long_as_it_asks(
    status, publisher, told, tmp_path
) -> None:
    publisher.moods = [("status", status, {"Retry-After": "17"})]
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT
    assert told.waited == [17]


def test_the_wait_may_be_given_as_an_instant(publisher, told, tmp_path) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    publisher.moods = [("status", 503, {"Retry-After": at})]
    download(wanted(publisher), tmp_path, told.line)
    assert len(told.waited) == 1
    assert 60 < told.waited[0] <= 100


def test_a_long_wait_is_told_and_not_waited_for(publisher, told, tmp_path) -> None:
    publisher.moods = [("status", 503, {"Retry-After": "7200"})]
    with pytest.raises(PullError, match=r"busy or down \(503\) and asks to come back in 120 min"):
        download(wanted(publisher), tmp_path, told.line)
    assert told.waited == []


def test_each_wait_without_anything_new_is_twice_the_last(publisher, told, tmp_path) -> None:
    publisher.moods = [("status", 500)] * 5
    with pytest.raises(PullError, match="broke off again and again"):
        download(wanted(publisher), tmp_path, told.line)
    assert told.waited == [2, 4, 8, 16]
    assert len(publisher.asked) == 5


def test_an_address_that_has_moved_is_told_in_a_sentence(publisher, told, tmp_path) -> None:
    del publisher.files[f"/{NAME}"]
    with pytest.raises(PullError) as caught:
        download(wanted(publisher), tmp_path, told.line)
    assert str(caught.value) == (
        f"There is nothing at {publisher.url(f'/{NAME}')} any more (404): look at {PAGE} where the "
        "file is now, and give its address with --from."
    )
    assert list(tmp_path.iterdir()) == []
    assert told.waited == []


def test_a_page_in_place_of_a_file_is_an_address_that_has_moved(publisher, told, tmp_path) -> None:
    publisher.headers["Content-Type"] = "text/html; charset=utf-8"
    with pytest.raises(PullError, match="answers with a web page, not a file"):
        download(wanted(publisher), tmp_path, told.line)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_not_asked_again(publisher, told, tmp_path) -> None:
    publisher.moods = [("status", 403)]
    with pytest.raises(PullError, match=r"refuses to give .* \(403\): download the file from"):
        download(wanted(publisher), tmp_path, told.line)
    assert len(publisher.asked) == 1


def test_a_machine_without_internet_is_told_in_a_sentence(
    told, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(PullError, match=r"figures\.invalid cannot be found from here, so this mac"):
        download(Wanted("https://figures.invalid/a.csv", PAGE, 10), tmp_path, told.line)
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_does_not_answer_is_tried_again(told, tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a.csv"
        with pytest.raises(PullError, match="broke off again and again"):
            download(Wanted(address, PAGE, 10), tmp_path, told.line)
    assert told.waited == [2, 4, 8, 16]


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize("name", ["Repr-Digest", "Digest"])
def test_the_publishers_checksum_is_held_to(name, publisher, told, tmp_path) -> None:
    publisher.headers[name] = digest(CONTENT).replace(":", "" if name == "Digest" else ":")
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT
    publisher.headers[name] = digest(b"something else")
    with pytest.raises(PullError, match="is not what the publisher sent"):
        download(wanted(publisher, name="other.csv"), tmp_path, told.line)
    assert not (tmp_path / "other.csv.part").exists()


def test_a_resumed_file_with_another_checksum_is_fetched_afresh(publisher, told, tmp_path) -> None:
    publisher.headers["Repr-Digest"] = digest(CONTENT)
    part = tmp_path / f"{NAME}.part"
    publisher.moods = [("cut", 1000), *[("status", 503)] * 5]
    with pytest.raises(PullError):
        download(wanted(publisher), tmp_path, told.line)
    part.write_bytes(b"x" * 1000)  # As if a disk had gone wrong.
    assert whole(download(wanted(publisher), tmp_path, told.line)) == CONTENT


def test_a_checksum_that_was_asked_for_is_held_to(publisher, told, tmp_path) -> None:
    assert download(wanted(publisher, sha256=sha256().upper()), tmp_path, told.line)
    with pytest.raises(PullError, match=r"was asked for: nothing is kept"):
        download(wanted(publisher, name="other.csv", sha256="0" * 64), tmp_path, told.line)
    assert not (tmp_path / "other.csv.part").exists()


def test_more_than_any_release_has_is_refused_before_it_comes(publisher, told, tmp_path) -> None:
    with pytest.raises(PullError, match=r"figures\.csv has 512,000 bytes or more"):
        download(wanted(publisher, most_bytes=1000), tmp_path, told.line)
    assert list(tmp_path.iterdir()) == []


def test_what_is_here_already_is_asked_for_politely(publisher, told, tmp_path) -> None:
    etag = publisher.etag(f"/{NAME}")
    assert download(wanted(publisher, known_etag=etag), tmp_path, told.line) is None
    assert publisher.asked[0][1]["If-None-Match"] == etag
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a/MPS%20Level%20(Historical).csv", "MPS Level (Historical).csv"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "etc-passwd"),
        ("https://example.org/", "file"),
    ],
)
def test_a_file_name_never_leads_out_of_its_folder(address: str, name: str) -> None:
    assert Wanted(address, PAGE, 1).file_name == name


def test_what_is_no_address_on_the_web_is_refused(told, tmp_path: Path) -> None:
    with pytest.raises(PullError, match="it has to begin with https"):
        download(Wanted("file:///etc/passwd", PAGE, 1), tmp_path, told.line)
