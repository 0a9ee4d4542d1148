"""E-mails: written in a transaction, sent by the worker once it is committed.

An e-mail waits as an `OutgoingMail` until a server has accepted it and is deleted then, so that
nothing personal stays behind, in a task's result least of all. What fails for a time is tried
again with longer and longer waits; what is refused for good is given up at once.
"""

from __future__ import annotations

import logging
import re
import smtplib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.db.utils import OperationalError
from django.template import Context, engines
from django_tasks import task
from wagtail.models import Site

from folkmoot.publishing import addresses
from folkmoot.publishing.clock import now
from folkmoot.publishing.mail_html import html_of
from folkmoot.publishing.models import OutgoingMail, SiteSettings

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

SUBJECT = "Subject: "
LONGEST_SUBJECT = 200
# Nobody waits longer for a mailbox that is full or a server that is down.
KEPT_TRYING = timedelta(days=3)
LONGEST_WAIT = timedelta(hours=4)
# A worker that was killed while sending leaves its claim; after this another may try.
CLAIM = timedelta(minutes=10)
# A round of sending leaves room for the jobs after it.
ROUND_SECONDS = 30
REFUSED_FOR_GOOD = 500
# What tags leave behind that stand on lines of their own.
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
AUTOMATIC = {"Auto-Submitted": "auto-generated"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an e-mail: its name, text and type ("text/calendar")."""

    name: str
    text: str
    kind: str


class RefusedError(Exception):
    """A server refused an e-mail for good; the message is its code, never the address."""


def send(
    to: str,
    template: str,
    context: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Write an e-mail from `<template>.txt` and leave it to the worker, in this transaction.

    The first line of the template is "Subject: " and the subject; the text follows after an
    empty line, and is sent as HTML too (see `mail_html`). The template knows the site's settings
    as `site` and its front page as `home`. A transaction that is rolled back sends nothing.
    Raises ValidationError for an address that is none, ValueError for a header or a template that
    is wrong.
    """
    with transaction.atomic():
        key = write(to, template, context, headers=headers, attachments=attachments).pk
        deliver.enqueue(key)


def write(
    to: str,
    template: str,
    context: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> OutgoingMail:
    """Write an e-mail as `send` does, and leave it to the next round of sending."""
    mail = composed(to, template, context, headers=headers, attachments=attachments)
    mail.save(force_insert=True)
    return mail


def composed(
    to: str,
    template: str,
    context: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    at: datetime | None = None,
) -> OutgoingMail:
    """Return an e-mail that is not saved yet, written now or at `at`; errors as those of `send`."""
    validate_email(to)
    for name, value in (headers or {}).items():
        if not f"{name}{value}".isprintable():
            raise ValueError(f"The header {name!r} of an e-mail holds a line break.")
    given = {"site": _site_settings, "home": addresses.absolute("/")} | dict(context)
    page = engines["django"].engine.get_template(f"{template}.txt")  # type: ignore[attr-defined]
    # Plain text: an apostrophe is an apostrophe.
    text = page.render(Context(given, autoescape=False)).strip()
    first, _, body = text.partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"{template}.txt must begin with a line '{SUBJECT}...'.")
    at = at or now()
    return OutgoingMail(
        to=to,
        kind=template,
        subject=_one_line(first.removeprefix(SUBJECT)),
        text=EMPTY_LINES.sub("\n\n", body).strip() + "\n",
        headers=dict(headers or {}),
        attachments=[[_one_line(each.name), each.text, each.kind] for each in attachments],
        message_id=make_msgid(domain=addresses.host()),
        written_at=at,
        next_attempt_at=at,
    )


def _site_settings() -> SiteSettings:
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site) if site else SiteSettings()


def _one_line(text: str) -> str:
    """Return a text as a header may hold it: what could begin a header of its own is a space."""
    printable = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(printable.split())[:LONGEST_SUBJECT]


@task()
def deliver(key: int) -> None:
    """Try to send one e-mail now, if it waits still and nobody else sends it."""
    connection = get_connection()
    try:
        # What could not be reached was put off already, and is tried again by a later round.
        with suppress(OSError, smtplib.SMTPException):
            _try(OutgoingMail.objects.filter(pk=key), connection, now())
    finally:
        _close(connection)


def deliver_due(at: datetime) -> None:
    """Send what is due by one connection, for half a minute at most.

    Where no server can be reached, the round ends: each of the others would wait for it as long.
    """
    until = time.monotonic() + ROUND_SECONDS
    connection = get_connection()
    due = OutgoingMail.objects.filter(next_attempt_at__lte=at)
    try:
        for key in list(due.values_list("pk", flat=True)[:2000]):
            if time.monotonic() > until:
                break
            _try(OutgoingMail.objects.filter(pk=key), connection, at)
    except (OSError, smtplib.SMTPException):
        logger.warning("No mail server could be reached: %s e-mails wait.", due.count())
    finally:
        _close(connection)


def _try(one: QuerySet[OutgoingMail], connection: BaseEmailBackend, at: datetime) -> None:
    """Claim an e-mail and send it. Raises what a server that cannot be reached raises."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - CLAIM)
    claimed = one.filter(free).update(claimed_at=at, attempts=F("attempts") + 1)
    mail = one.first() if claimed else None
    if mail is None:
        return
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _put_off(one, mail, at, type(error).__name__)
        raise
    try:
        _hand_over(mail, connection)
    except RefusedError as error:
        _give_up(one, mail, str(error))
    except Exception as error:
        # Whatever it was, nothing is lost for three days. The connection may hold half an e-mail:
        # the next one opens its own.
        _close(connection)
        _put_off(one, mail, at, _code_of(error))
    else:
        _once_more_if_locked(one.delete)


def _hand_over(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    """Give an e-mail to the server. Raises RefusedError where it will never be accepted."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={**AUTOMATIC, **mail.headers, "Message-ID": mail.message_id},
        connection=connection,
    )
    message.attach_alternative(html_of(mail.subject, mail.text), "text/html")
    for name, content, kind in mail.attachments:
        message.attach(name, content, kind)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if all(code >= REFUSED_FOR_GOOD for code in codes):
            raise RefusedError(f"the recipient was refused with {codes[0]}") from None
        raise
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= REFUSED_FOR_GOOD:
            raise RefusedError(f"the text was refused with {error.smtp_code}") from None
        raise


def _code_of(error: Exception) -> str:
    """Return what may be said of an error: its kind and code, as its text may hold an address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def _put_off(one: QuerySet[OutgoingMail], mail: OutgoingMail, at: datetime, why: str) -> None:
    if at - mail.written_at >= KEPT_TRYING:
        _give_up(one, mail, f"{why}, for {KEPT_TRYING.days} days")
        return
    wait = min(timedelta(minutes=2 ** min(mail.attempts, 10)), LONGEST_WAIT)
    one.update(claimed_at=None, next_attempt_at=at + wait)
    logger.warning("E-mail %s (%s) will be tried again: %s.", mail.pk, mail.kind, why)


def _give_up(one: QuerySet[OutgoingMail], mail: OutgoingMail, why: str) -> None:
    one.delete()
    logger.error("E-mail %s (%s) was given up: %s.", mail.pk, mail.kind, why)


def _once_more_if_locked(forget: Callable[[], object]) -> None:
    """Forget an e-mail that was accepted. It would be sent again, so a locked database waits."""
    for _ in range(5):
        try:
            forget()
        except OperationalError:
            time.sleep(1)
        else:
            return
    forget()


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        connection.close()
