"""Progress: a bar for a person, few lines for a log."""

from __future__ import annotations

import io

from rich.console import Console

from folkmoot.cli.progress import shown


def console(*, is_terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=is_terminal, width=100)


def printed(of: Console) -> str:
    assert isinstance(of.file, io.StringIO)
    return of.file.getvalue()


def test_a_terminal_gets_a_bar_for_each_step() -> None:
    terminal = console(is_terminal=True)
    with shown(console=terminal) as told:
        told("Reading [crime].csv", 1, 2)
        told("Reading [crime].csv", 2, 2)
        told("Storing", 50, 200)
    text = printed(terminal)
    assert "Reading [crime].csv" in text
    assert "2/2" in text
    assert "50/200" in text
    assert "━" in text


def test_a_terminal_gets_bytes_and_speed_of_a_download() -> None:
    terminal = console(is_terminal=True)
    with shown(in_bytes=True, console=terminal) as told:
        told("latest.zip", 1_500_000, 3_000_000)
        told("no length.csv", 100, None)
    assert "1.5/3.0 MB" in printed(terminal)
    assert "no length.csv" in printed(terminal)


def test_a_log_gets_a_line_a_quarter() -> None:
    log = console(is_terminal=False)
    with shown(console=log) as told:
        for done in range(0, 1001, 10):
            told("Storing", done, 1000)
    assert printed(log).splitlines() == [
        "Storing: 25% of 1,000",
        "Storing: 50% of 1,000",
        "Storing: 75% of 1,000",
        "Storing: 100% of 1,000",
    ]


def test_a_log_gets_no_line_of_what_is_done_at_once() -> None:
    log = console(is_terminal=False)
    with shown(console=log) as told:
        told("Reading", 2, 2)
        told("Waiting", 10, None)
    with shown(in_bytes=True, console=log) as told:
        told("small.csv", 4000, 4000)
    assert printed(log) == ""


def test_a_log_gets_megabytes_of_a_download() -> None:
    log = console(is_terminal=False)
    with shown(in_bytes=True, console=log) as told:
        told("latest.zip", 8_000_000, 16_000_000)
    assert printed(log) == "latest.zip: 50% of 16 MB\n"
