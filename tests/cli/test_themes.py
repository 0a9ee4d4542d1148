"""`folkmoot themes` as an analyst types it: every row comes out, whatever went in."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from folkmoot.cli.main import app
from folkmoot.texts import find_personal_details

runner = CliRunner()

THINGS = ("more police on foot", "safer cycling", "youth clubs", "the front counter", "burglary")
WHERE = ("in our street", "near the station", "on the estate", "by the school", "after dark")
WHO = ("my family", "the neighbours", "older people", "shop keepers", "children")
LETTER = (
    "We ask that the police station in the high street keeps its front counter open on every day "
    "of the week and that nobody is sent to a website instead of an officer who can listen"
)
FORMS = (
    "{thing} {where}, {who} would say",
    "It is {thing} that {who} want {where}",
    "{who} speak of {thing} and live {where}",
    "What about {thing}? {who} ask it {where}",
)
# Said in one form or another, so that no two are copies of one letter.
SOME = [
    FORMS[(number * 7 + number // 5) % len(FORMS)].format(thing=thing, where=where, who=who)
    for number, (thing, where, who) in enumerate(product(THINGS, WHERE, WHO))
]


def write(path: Path, answers: list[str], **others: list[str]) -> Path:
    pl.DataFrame({**others, "answer": answers}).write_csv(path)
    return path


def run(*arguments: str) -> Any:
    return runner.invoke(app, ["themes", *arguments])


def found(path: Path, *arguments: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Run the command and return the JSON and the assignments, after what always holds."""
    out = path.parent / "out"
    result = run(str(path), "--text", "answer", "--out", str(out), "--json", *arguments)
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    with (out / "assignments.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert said["answers"] == len(rows)
    assert said["assignments"] == str(out / "assignments.csv")
    assigned = [row for row in rows if row["status"] == "assigned"]
    assert sum(theme["size"] for theme in said["themes"]) == len(assigned)
    for theme in said["themes"]:
        assert theme["size"] == sum(row["theme_id"] == str(theme["id"]) for row in assigned)
    page = (out / "report.html").read_text()
    assert "http" not in page.split("</style>")[1].replace("http-equiv", "")
    return said, rows


def refusal(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    said = result.stderr.strip().splitlines()[-1]
    assert said.startswith("folkmoot: ")
    return said


def test_every_row_comes_out_in_order_with_its_own_id(tmp_path: Path) -> None:
    answers = [*SOME, *[LETTER] * 6, "", "n/a", "Więcej policji na ulicach wieczorem proszę"]
    ids = [f"R{number}" for number in range(len(answers))]
    said, rows = found(write(tmp_path / "a.csv", answers, ref=ids), "--id", "ref")
    assert [row["id"] for row in rows] == ids
    assert list(rows[0]) == [
        *("id", "theme_id", "score", "second_theme", "campaign_id", "status", "language")
    ]
    assert (said["empty"], said["cannot_tell"]) == (1, 1)
    assert rows[-2]["status"] == "cannot tell"
    letter = next(each for each in said["campaigns"] if each["exemplar"] == ids[len(SOME)])
    assert (letter["size"], letter["identical_share"]) == (6, 1.0)
    assert {row["campaign_id"] for row in rows[len(SOME) : len(SOME) + 6]} == {str(letter["id"])}
    for theme in said["themes"]:
        assert {"label", "description", "keywords", "share", "cohesion"} <= theme.keys()
        assert set(theme["exemplar_ids"]) <= set(ids)


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_a_workbook_and_a_parquet_file_give_what_the_csv_gives(tmp_path: Path, suffix: str) -> None:
    frame = pl.DataFrame({"answer": SOME})
    path = tmp_path / f"a.{suffix}"
    frame.write_parquet(path) if suffix == "parquet" else frame.write_excel(path)
    assert found(path)[1] == found(write(tmp_path / "a.csv", SOME))[1]


def test_the_number_of_themes_is_the_one_asked_for(tmp_path: Path) -> None:
    said, _ = found(write(tmp_path / "a.csv", SOME), "--themes", "3-4")
    assert 3 <= len(said["themes"]) <= 4


def test_the_page_quotes_without_personal_details_or_mark_up(tmp_path: Path) -> None:
    answers = [f"{text} <script>alert(1)</script> ring me on 07700 900123" for text in SOME]
    found(write(tmp_path / "a.csv", answers))
    page = (tmp_path / "out" / "report.html").read_text()
    assert "900123" not in page
    assert "<script" not in page
    assert "alert(1)" not in page
    assert "[phone number removed]" in page


def test_the_same_file_gives_the_same_bytes_on_any_number_of_cores(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [*SOME, *[LETTER] * 6, ""])
    seen = set()
    for threads, hash_seed in (("1", "0"), ("2", "5")):
        out = tmp_path / "out"
        settings = dict.fromkeys(
            ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS"),
            threads,
        )
        programme = "from folkmoot.cli.main import app; app()"
        arguments = ["themes", str(path), "--text", "answer", "--out", str(out), "--json"]
        printed = subprocess.run(
            [sys.executable, "-c", programme, *arguments],
            env={**os.environ, **settings, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
        ).stdout
        files = [(out / name).read_bytes() for name in ("assignments.csv", "report.html")]
        seen.add(hashlib.sha256(b"\0".join([printed, *files])).hexdigest())
    assert len(seen) == 1


def test_a_column_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    path = str(write(tmp_path / "a.csv", SOME, ref=SOME))
    said = refusal(path, "--text", "comment")
    assert "There is no column “comment”: the columns are ref, answer." in said
    assert "no column “key”" in refusal(path, "--text", "answer", "--id", "key")


@pytest.mark.parametrize("asked", ["20-6", "0-4", "many", "6-2000", "-3"])
def test_a_senseless_range_is_said_in_one_sentence(tmp_path: Path, asked: str) -> None:
    path = str(write(tmp_path / "a.csv", SOME))
    assert "write the fewest and the most" in refusal(path, "--text", "answer", f"--themes={asked}")


@pytest.mark.parametrize(("name", "content"), [("a.csv", b""), ("a.csv", b"answer\n")])
def test_an_empty_file_is_said_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert name in refusal(str(tmp_path / name), "--text", "answer")


def test_a_broken_workbook_is_said_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and then nothing of a workbook")
    assert "a.xlsx" in refusal(str(path), "--text", "answer")


def test_a_file_that_is_not_there_and_a_folder_in_no_folder_are_said(tmp_path: Path) -> None:
    assert "is not there" in refusal(str(tmp_path / "b.csv"), "--text", "answer")
    path = str(write(tmp_path / "a.csv", SOME))
    out = str(tmp_path / "none" / "out")
    assert "There is no folder" in refusal(path, "--text", "answer", "--out", out)


def test_one_answer_is_one_theme(tmp_path: Path) -> None:
    said, _ = found(write(tmp_path / "a.csv", ["More police officers on foot in the evening"]))
    assert [theme["size"] for theme in said["themes"]] == [1]


def test_identical_answers_are_one_theme(tmp_path: Path) -> None:
    said, _ = found(write(tmp_path / "a.csv", [LETTER] * 40))
    assert [theme["size"] for theme in said["themes"]] == [40]
    assert [campaign["size"] for campaign in said["campaigns"]] == [40]


def test_empty_answers_alone_are_counted_and_kept(tmp_path: Path) -> None:
    number = 200_000
    said, rows = found(write(tmp_path / "a.csv", [""] * number, ref=["x"] * number))
    assert (said["empty"], said["themes"], len(rows)) == (number, [], number)
    assert {row["status"] for row in rows} == {"empty"}


def test_other_languages_are_kept_apart_and_said(tmp_path: Path) -> None:
    others = [
        "Więcej policji na ulicach wieczorem proszę",
        "Policja powinna być widoczna na ulicach",
        "我们社区需要更多的巡逻警察",
        "نريد المزيد من رجال الشرطة في الشارع",
    ]
    said, rows = found(write(tmp_path / "a.csv", [*SOME, *others]))
    (apart,) = (theme for theme in said["themes"] if "languages" in theme["label"])
    assert apart["size"] == 4
    assert "Polish (2), Arabic (1), Chinese (1)" in apart["description"]
    assert [row["language"] for row in rows[-4:]] == ["pl", "pl", "zh", "ar"]
    assert said["languages"]["pl"] == 2


def test_mark_up_nul_and_an_answer_of_a_megabyte_are_answers(tmp_path: Path) -> None:
    answers = [*SOME, f"<p class='x'>{SOME[0]}</p>", "more pol\x00ice on foot", "police " * 150_000]
    path = tmp_path / "a.parquet"
    pl.DataFrame({"answer": answers}).write_parquet(path)
    _, rows = found(path)
    assert {row["status"] for row in rows} == {"assigned"}
    assert rows[len(SOME)]["theme_id"] == rows[0]["theme_id"]
    again = write(tmp_path / "b.csv", answers)
    assert "holds a NUL" in refusal(str(again), "--text", "answer")
    del answers[len(SOME) + 1]
    assert len(found(write(again, answers))[1]) == len(rows) - 1


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A language model's endpoint that notes what it was asked and answers as it was told to."""
    told: dict[str, Any] = {"asked": [], "reply": None}

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told["asked"].append((self.path, json.loads(body)))
            number = len(told["asked"])
            reply = told["reply"] or {"title": f"What {number} say", "description": "They say so."}
            self.send_response(200 if reply != "fail" else 500)
            self.end_headers()
            message = {"content": f"```json\n{json.dumps(reply)}\n```"}
            self.wfile.write(json.dumps({"choices": [{"message": message}]}).encode())

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("FOLKMOOT_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1/")
    monkeypatch.setenv("FOLKMOOT_VAR", str(tmp_path / "var"))
    yield told
    server.shutdown()
    server.server_close()


def test_a_language_model_may_write_titles_and_nothing_else(
    model: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [f"{text}, write to ann.smith@example.org" for text in SOME]
    path = write(tmp_path / "a.csv", answers)
    said, rows = found(path)
    assert {theme["label"] for theme in said["themes"]} == {
        f"What {number} say" for number in range(1, len(said["themes"]) + 1)
    }
    assert all(theme["is_machine_written"] for theme in said["themes"])
    assert "Machine-written" in (tmp_path / "out" / "report.html").read_text()
    for place, body in model["asked"]:
        assert place == "/v1/chat/completions"
        assert find_personal_details(body["messages"][1]["content"]) == []
    asked = len(model["asked"])
    assert found(path) == (said, rows)
    assert len(model["asked"]) == asked  # what was answered once is kept
    monkeypatch.delenv("FOLKMOOT_LLM_URL")
    own, again = found(path)
    assert again == rows
    assert [theme["size"] for theme in own["themes"]] == [each["size"] for each in said["themes"]]
    assert not any(theme["is_machine_written"] for theme in own["themes"])


@pytest.mark.parametrize(
    "reply",
    [
        "fail",
        {"title": ""},
        {"title": "Ring Sarah Jones on 07700 900123", "description": ""},
        {"title": "long " * 40, "description": ""},
        {"title": 3, "description": None},
    ],
)
def test_a_model_that_fails_leaves_the_titles_as_they_are(
    model: dict[str, Any], tmp_path: Path, reply: Any
) -> None:
    model["reply"] = reply
    said, _ = found(write(tmp_path / "a.csv", SOME))
    assert not any(theme["is_machine_written"] for theme in said["themes"])
    assert all(len(theme["label"]) > 3 for theme in said["themes"])
    page = (tmp_path / "out" / "report.html").read_text()
    assert ("did not answer" in page) == (reply == "fail")


def test_an_endpoint_that_is_not_there_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLKMOOT_LLM_URL", "http://127.0.0.1:9/v1")
    found(write(tmp_path / "a.csv", SOME))
    assert "did not answer" in (tmp_path / "out" / "report.html").read_text()
