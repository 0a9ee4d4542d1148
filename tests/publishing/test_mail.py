"""E-mails: written with the act they tell of, sent once, never with somebody else's header."""

from __future__ import annotations

import logging
import socket
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.publishing import mail_server

from folkmoot.publishing import mail
from folkmoot.publishing.clock import now
from folkmoot.publishing.models import OutgoingMail

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


@pytest.fixture
def template(tmp_path, settings):
    """Return a function that writes a template and gives its name."""
    folder = tmp_path / "templates"
    (folder / "letters").mkdir(parents=True)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder)]}]

    def write(text: str) -> str:
        (folder / "letters" / "some.txt").write_text(text)
        return "letters/some"

    return write


@pytest.fixture
def server(settings):
    """A mail server, and the site told to use it."""
    with mail_server.running() as (port, heard):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 5
        yield heard


def run_tasks() -> None:
    """Run what the worker would run."""
    for result in DBTaskResult.objects.filter(task_path="folkmoot.publishing.mail.deliver"):
        result.task.call(*result.args_kwargs["args"])


def test_mail_is_read_as_it_was_written(template):
    name = template("Subject: Workshop on {{ day }}\n\nDear {{ who }},\n\n\n\ncome at 6.")
    mail.send(ADDRESS, name, {"day": "Friday", "who": "O'Brien & <co>"})
    assert django_mail.outbox == []
    run_tasks()
    (sent,) = django_mail.outbox
    assert sent.to == [ADDRESS]
    assert sent.subject == "Workshop on Friday"
    assert sent.body == "Dear O'Brien & <co>,\n\ncome at 6.\n"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert "<p>Dear O&#x27;Brien &amp; &lt;co&gt;,</p>" in html


def test_mail_knows_the_site_and_where_it_is(template, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://plan.example.org"
    mail.send(ADDRESS, template("Subject: From {{ site.site_name }}\n\n{{ home }}"), {})
    written = OutgoingMail.objects.get()
    assert written.subject == "From Folkmoot"
    assert written.text == "https://plan.example.org/\n"


def test_nothing_personal_is_in_the_task(template):
    mail.send(ADDRESS, template("Subject: A\n\nB"), {})
    assert ADDRESS not in str(DBTaskResult.objects.values_list("args_kwargs", flat=True))


@pytest.mark.django_db(transaction=True)
def test_rolled_back_act_sends_nothing(template):
    name = template("Subject: A\n\nB")
    with transaction.atomic():
        mail.send(ADDRESS, name, {})
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("breaking", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_no_value_begins_a_header_of_its_own(template, breaking, server):
    evil = f"Plan{breaking}Bcc: victim@example.org"
    mail.send(ADDRESS, template("Subject: {{ title }}\n\nText"), {"title": evil})
    run_tasks()
    (got,) = server.received
    assert got["Bcc"] is None
    assert got["To"] == ADDRESS
    assert got["Subject"].startswith("Plan")


def test_address_with_a_line_break_is_refused(template):
    with pytest.raises(ValidationError):
        mail.send(f"{ADDRESS}\nBcc: victim@example.org", template("Subject: A\n\nB"), {})


def test_header_with_a_line_break_is_refused(template):
    with pytest.raises(ValueError, match="line break"):
        mail.send(ADDRESS, template("Subject: A\n\nB"), {}, headers={"X-A": "b\nBcc: c@d.org"})


def test_long_address_in_a_header_stays_whole(template, server):
    link = f"<https://plan.example.org/follow/stop/{'x' * 120}/>"
    mail.send(ADDRESS, template("Subject: A\n\nB"), {}, headers={"List-Unsubscribe": link})
    run_tasks()
    (written,) = server.written
    assert link.encode() in written


def test_template_without_a_subject_is_refused(template):
    with pytest.raises(ValueError, match="must begin with a line 'Subject: "):
        mail.send(ADDRESS, template("Dear reader"), {})


def test_attachment_arrives_with_its_name_and_type(template, server):
    calendar = mail.Attachment(
        "workshop.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar"
    )
    mail.send(ADDRESS, template("Subject: A\n\nB"), {}, attachments=[calendar])
    run_tasks()
    (got,) = server.received
    (part,) = got.iter_attachments()
    assert part.get_filename() == "workshop.ics"
    assert part.get_content_type() == "text/calendar"
    assert "BEGIN:VCALENDAR" in part.get_content()


def test_accepted_mail_is_gone_and_not_sent_again(template, server):
    mail.send(ADDRESS, template("Subject: A\n\nB"), {})
    run_tasks()
    assert not OutgoingMail.objects.exists()
    run_tasks()
    mail.deliver_due(now() + timedelta(days=1))
    assert len(server.received) == 1


def test_mail_that_another_worker_sends_is_left_to_it(template, server):
    mail.send(ADDRESS, template("Subject: A\n\nB"), {})
    OutgoingMail.objects.update(claimed_at=now())
    run_tasks()
    mail.deliver_due(now())
    assert server.received == []
    mail.deliver_due(now() + mail.CLAIM + timedelta(seconds=1))
    assert len(server.received) == 1


def test_full_mailbox_is_tried_again_later_with_the_same_message_id(template, server, caplog):
    mail.send("full@example.org", template("Subject: A\n\nB"), {})
    first = OutgoingMail.objects.get()
    run_tasks()
    waiting = OutgoingMail.objects.get()
    assert waiting.attempts == 1
    assert waiting.claimed_at is None
    assert waiting.next_attempt_at - first.written_at >= timedelta(minutes=2)
    OutgoingMail.objects.update(to=ADDRESS)
    mail.deliver_due(now())
    assert server.received == []
    mail.deliver_due(waiting.next_attempt_at)
    (got,) = server.received
    assert got["Message-ID"] == first.message_id
    assert "full@example.org" not in caplog.text


def test_waits_grow_and_end_after_three_days(template, server, caplog):
    mail.send("full@example.org", template("Subject: A\n\nB"), {})
    began = OutgoingMail.objects.get().written_at
    waits, at = [], began
    while OutgoingMail.objects.exists():
        mail.deliver_due(at)
        waits.append(OutgoingMail.objects.values_list("next_attempt_at", flat=True).first())
        at = waits[-1] or at
    instants = [each for each in waits if each]
    steps = [later - earlier for earlier, later in pairwise(instants)]
    assert steps == sorted(steps)
    assert max(steps) == mail.LONGEST_WAIT
    assert mail.KEPT_TRYING <= at - began < mail.KEPT_TRYING + mail.LONGEST_WAIT
    assert "given up" in caplog.text
    assert "full@example.org" not in caplog.text


def test_unknown_recipient_is_given_up_at_once_without_naming_them(template, server, caplog):
    mail.send("nobody@example.org", template("Subject: A\n\nB"), {})
    run_tasks()
    assert not OutgoingMail.objects.exists()
    assert "refused with 550" in caplog.text
    assert "nobody@example.org" not in caplog.text


def test_one_refusal_does_not_hold_up_the_others(template, server, caplog):
    caplog.set_level(logging.CRITICAL)
    name = template("Subject: A\n\nB")
    for to in ("nobody@example.org", "full@example.org", ADDRESS, "second@example.org"):
        mail.write(to, name, {})
    mail.deliver_due(now())
    assert [got["To"] for got in server.received] == [ADDRESS, "second@example.org"]


def test_round_uses_one_connection(template, server):
    name = template("Subject: A\n\nB")
    for number in range(10):
        mail.write(f"reader-{number}@example.org", name, {})
    mail.deliver_due(now())
    assert len(server.received) == 10
    assert len(server.connections) == 1


def test_server_that_is_down_ends_the_round_and_loses_nothing(template, settings, caplog):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", nobody.getsockname()[1]
        name = template("Subject: A\n\nB")
        for number in range(3):
            mail.write(f"reader-{number}@example.org", name, {})
        mail.deliver_due(now())
    assert list(OutgoingMail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]
    assert "reader-" not in caplog.text


def test_waiting_mail_costs_the_public_cache_nothing(template, django_capture_on_commit_callbacks):
    from folkmoot.publishing import purging

    before = purging.edition()
    with django_capture_on_commit_callbacks(execute=True):
        mail.send(ADDRESS, template("Subject: A\n\nB"), {})
        run_tasks()
    assert purging.edition() == before
