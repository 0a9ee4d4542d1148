"""The jobs that every site has."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.management import call_command

from folkmoot.publishing import acts, mail
from folkmoot.publishing.files.words import read_new_words
from folkmoot.publishing.following import digests, documents
from folkmoot.publishing.following.news import register_news
from folkmoot.publishing.schedule import register_job
from folkmoot.publishing.search import index

# A failed task's result says why; one that succeeded says nothing that the site does not know.
FINISHED_TASKS_KEPT_DAYS = 1
FAILED_TASKS_KEPT_DAYS = 14


def register() -> None:
    """Let the worker do what is due, and followers be told of documents."""
    register_news(documents.versions_out)
    register_job("publish what is scheduled", timedelta(seconds=30), acts.publish_due)
    register_job("send e-mails that wait", timedelta(minutes=1), mail.deliver_due)
    register_job("write digests to followers", timedelta(minutes=10), digests.write_due)
    register_job("forget addresses never confirmed", timedelta(hours=6), acts.forget_unconfirmed)
    register_job("clear finished tasks", timedelta(hours=1), clear_finished_tasks)
    register_job("read the words of uploaded files", timedelta(minutes=1), read_new_words)
    register_job("rebuild the index of search", timedelta(days=1), index.rebuild)
    register_job("clear expired sessions", timedelta(days=1), clear_expired_sessions)


def clear_finished_tasks(at: datetime) -> None:
    """Delete the results of background tasks, by the real clock that dates them."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=FINISHED_TASKS_KEPT_DAYS,
        failed_min_age_days=FAILED_TASKS_KEPT_DAYS,
        verbosity=0,
    )


def clear_expired_sessions(at: datetime) -> None:
    """Delete sessions that nobody can use any more, by the real clock that dates them."""
    call_command("clearsessions", verbosity=0)
