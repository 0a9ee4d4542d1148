"""What the register of responses holds of one person."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.crypto import salted_hmac

from folkmoot.publishing.clock import local
from folkmoot.publishing.models import OutgoingMail
from folkmoot.publishing.personal import (
    Held,
    HeldFile,
    Holder,
    Subject,
    known_everywhere,
    register_holder,
)
from folkmoot.responses.codes import code_of
from folkmoot.responses.models import Draft, Response, SentFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

NAME = "Responses"
SALT = "folkmoot.responses.erasure"
MAILS = "responses/mail/"
REFERENCE = re.compile(r"[^0-9A-Z]")


def register() -> None:
    """Say what this room holds of a person."""
    from folkmoot.responses.acts.erasing_people import erase_responses

    register_holder(Holder(NAME, find, erase_responses, known_as))


def subject_of(asked: str) -> Subject:
    """Return whom a reference or an e-mail address leads to, with all by which they are known.

    A reference is read whatever its capitals, spaces and hyphens.
    """
    said = asked.strip()
    if "@" in said:
        return known_everywhere(Subject(email=said))
    return known_everywhere(Subject(references=frozenset({plain_reference(said)})))


def plain_reference(typed: str) -> str:
    """Return a reference as it is written: "FM-7K3M-9QX2-H4"; what is none is left as it is."""
    marks = REFERENCE.sub("", typed.upper())
    if marks.startswith("FM") and len(marks) == 12:
        return f"FM-{marks[2:6]}-{marks[6:10]}-{marks[10:]}"
    return typed.strip().upper()


def subject_digest(asked: str) -> str:
    """Return the keyed hash of what was asked for, the same however it is written."""
    said = asked.strip()
    plain = said.casefold() if "@" in said else plain_reference(said)
    return salted_hmac(SALT, plain, algorithm="sha256").hexdigest()


def find(subject: Subject) -> list[Held]:
    """Return their responses whole, of whatever standing, with files; and what they began."""
    from folkmoot.responses.register.reading import answer_lines

    found = []
    responses = responses_of(subject).select_related("survey", "consultation", "version")
    for response in responses.prefetch_related("files", "notes", "monitoring_answers", "answers"):
        lines = answer_lines(response)
        answers = [(line["term"], "\n".join(line["words"])) for line in lines]
        notes = [("Note of an officer", note.text) for note in response.notes.all()]
        equality = [
            (f"Equality question “{each.question}”", " ".join((each.choice, each.text)).strip())
            for each in response.monitoring_answers.all()
        ]
        fields = (
            ("Reference", response.reference),
            ("Came", f"{local(response.submitted_at):%-d %B %Y at %H:%M}"),
            ("How it came", response.get_channel_display()),
            ("Standing", response.get_standing_display()),
            ("Consent text", response.consent),
            ("May be quoted", "Yes" if response.may_be_quoted else "No"),
            ("May be published", response.get_publication_display()),
            *answers,
            *equality,
            *notes,
        )
        title = f"Response to {response.survey or response.consultation}"
        found.append(Held(title, fields, _files(response), _note(response)))
    for draft in drafts_of(subject).select_related("survey"):
        said = tuple((key, "; ".join(values)) for key, values in draft.answers.items())
        found.append(Held(f"A changed response to {draft.survey}, not sent yet", said))
    for mail in mails_about(subject).exclude(to__iexact=subject.email):
        waiting = (("E-mail address", mail.to), ("Subject", mail.subject), ("Text", mail.text))
        found.append(Held("An e-mail that waits to be sent", waiting))
    return found


def known_as(subject: Subject) -> Subject:
    """Add whom references lead to, and responses that others stand in the place of."""
    found = responses_of(subject).values_list("respondent_id", flat=True)
    return replace(
        subject, respondents=subject.respondents | {key for key in found if key is not None}
    )


def responses_of(subject: Subject) -> QuerySet[Response]:
    """Return the responses of a person that are not erased, and those they replaced."""
    theirs = Q(respondent_id__in=subject.respondents)
    if subject.references:
        theirs |= Q(reference__in=subject.references)
        theirs |= Q(instead__reference__in=subject.references, standing="replaced")
    # The words of one may be erased by time; a name beside it and the choices are looked at still.
    return Response.objects.filter(theirs).exclude(reference__startswith=ERASED).order_by("pk")


def drafts_of(subject: Subject) -> QuerySet[Draft]:
    """Return the drafts in which somebody changes a response of theirs."""
    return Draft.objects.filter(of_response__in=responses_of(subject))


def mails_about(subject: Subject) -> QuerySet[OutgoingMail]:
    """Return the e-mails that wait with a copy of a response of theirs, or a way back to it.

    They go to an address that was typed for that alone, so only what they say leads to them.
    """
    said = Q(pk__in=[])
    for reference in responses_of(subject).values_list("reference", flat=True):
        said |= Q(subject__contains=reference) | Q(text__contains=reference)
    for key in drafts_of(subject).values_list("key", flat=True):
        said |= Q(text__contains=code_of(key))
    return OutgoingMail.objects.filter(said, kind__startswith=MAILS)


# A response that nothing leads to any more has a reference that begins so.
ERASED = "ERASED-"


def _files(response: Response) -> tuple[HeldFile, ...]:
    return tuple(HeldFile(sent.name, partial(_read, sent)) for sent in response.files.all())


def _read(sent: SentFile) -> bytes:
    with sent.file.open("rb") as file:
        content: bytes = file.read()
    return content


def _note(response: Response) -> str:
    paper = getattr(response, "paper_form", None)
    if paper is None:
        return ""
    return f"It came on paper, as {paper}: that form is to be destroyed by hand."
