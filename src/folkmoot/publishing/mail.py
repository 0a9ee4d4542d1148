"""Letters by e-mail: written in a transaction, sent by the worker once it is committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

SUBJECT = "Subject: "


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter: its name, text and type ("text/calendar")."""

    name: str
    text: str
    kind: str


def send(
    to: str,
    template: str,
    context: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Write a letter from `<template>.txt` and leave it to the worker, in this transaction.

    The first line of the template is "Subject: " and the subject; the text follows after an
    empty line. A transaction that is rolled back sends nothing.
    """
    text = render_to_string(f"{template}.txt", dict(context)).strip()
    subject, _, body = text.partition("\n")
    if not subject.startswith(SUBJECT):
        raise ValueError(f"{template}.txt must begin with a line '{SUBJECT}...'.")
    deliver.enqueue(
        to,
        subject.removeprefix(SUBJECT).strip(),
        body.strip() + "\n",
        dict(headers or {}),
        [[each.name, each.text, each.kind] for each in attachments],
    )


@task()
def deliver(
    to: str, subject: str, text: str, headers: dict[str, str], attachments: list[list[str]]
) -> None:
    """Send one letter."""
    message = EmailMessage(subject, text, to=[to], headers=headers)
    for name, content, kind in attachments:
        message.attach(name, content, kind)
    message.send()
