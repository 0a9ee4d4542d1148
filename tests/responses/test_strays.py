"""Files that a crash left behind: found by a dry run, and gone after it."""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests import factories
from typer.testing import CliRunner

from folkmoot.accounts.models import AuditRecord
from folkmoot.cli.main import app
from folkmoot.publishing.clock import now
from folkmoot.responses.acts import erase_due
from folkmoot.responses.acts.letters import Written, keep_letter_draft, put_letter_aside
from folkmoot.responses.acts.sent_files import erase_drafts
from folkmoot.responses.models import Draft, SentFile
from folkmoot.responses.retention import plan
from folkmoot.responses.strays import ASIDE_DAYS, StrangeDiskError, stray_files

pytestmark = pytest.mark.django_db
WORDS = "files that nothing leads to"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "private"


@pytest.fixture
def survey():
    return factories.make_survey()


def written(disk: Path, name: str, hours: float = 48) -> Path:
    """Return a file on the disk that was written so many hours ago."""
    path = disk / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")
    return aged(path, hours)


def aged(path: Path, hours: float = 48) -> Path:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def sent(survey) -> Path:
    """Return where the file of a draft is kept."""
    draft = Draft.objects.create(survey=survey, key="k", begun_at=now(), changed_at=now())
    kept = SentFile(draft=draft, question="letter", name="a.pdf", extension="pdf", bytes=3)
    kept.came_at, kept.sha256 = now(), "ab" * 32
    kept.file.save("a.pdf", ContentFile(b"abc"), save=False)
    kept.save()
    return aged(Path(kept.file.path))


def test_a_file_without_a_row_is_told_by_a_dry_run_and_gone_after_the_job(
    survey, disk, django_capture_on_commit_callbacks
):
    kept, stray = sent(survey), written(disk, "answers/stray.pdf")
    (due,) = [each for each in plan(now()) if each.kind.key == "strays"]
    assert (due.many, due.is_due(now().date())) == (1, True)
    assert stray.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(now())[WORDS] == 1
    assert (kept.exists(), stray.exists()) == (True, False)
    line = AuditRecord.objects.get(act="files that nothing leads to erased")
    assert line.after == {"erased": 1}
    assert erase_due(now())[WORDS] == 0


def test_a_file_whose_row_went_while_the_server_was_killed_is_found(survey, disk):
    path = sent(survey)
    # The callbacks of this commit never ran.
    erase_drafts(Draft.objects.all())
    assert stray_files(now()) == [path.relative_to(disk).as_posix()]


def test_what_was_written_today_and_how_far_an_import_is_are_left_alone(disk):
    written(disk, "exports/now.zip", hours=1)
    written(disk, "imports/7.rows")
    written(disk, "imports/7.stop")
    assert stray_files(now()) == []


def test_a_letter_that_was_put_aside_stays_a_while(survey, disk):
    by = factories.make_user("responses.add_letterdraft")
    letter = Written(survey.consultation, None, "letter", now(), "")
    file = ContentFile(b"Dear all", name="letter.txt")
    draft = keep_letter_draft(letter, now(), by, file=file, extension="txt")
    path = aged(Path(draft.file.path))
    put_letter_aside(draft, now(), by, "It came twice.")
    assert stray_files(now()) == []
    after = now() + timedelta(days=ASIDE_DAYS, seconds=1)
    assert stray_files(after) == [path.relative_to(disk).as_posix()]


def test_the_files_of_another_database_are_not_erased(survey, disk, caplog):
    paths = [written(disk, f"answers/{number}.pdf") for number in range(21)]
    with pytest.raises(StrangeDiskError, match=r"21 of 21 files in .* is the database they came"):
        stray_files(now())
    assert not [each for each in plan(now()) if each.kind.key == "strays"]
    with caplog.at_level(logging.ERROR):
        assert erase_due(now())[WORDS] == 0
    assert "so none was erased" in caplog.text
    assert all(path.exists() for path in paths)


def test_the_command_tells_and_erases(disk, survey):
    stray = written(disk, "letters/stray.pdf")
    told = CliRunner().invoke(app, ["retention", "--dry-run"])
    assert "1 files that nothing leads to" in told.output
    assert stray.exists()
    done = CliRunner().invoke(app, ["retention"])
    assert "1 files that nothing leads to" in done.output
