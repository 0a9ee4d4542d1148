"""One person's data looked at and handed over: both are in the audit record."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.loader import render_to_string

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.publishing.personal import Held, holders
from folkmoot.responses.files import archived_name
from folkmoot.responses.personal import subject_digest, subject_of

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


def look_up(asked: str, at: datetime, by: User) -> dict[str, list[Held]]:
    """Return what each place holds of whom a reference or an e-mail address leads to."""
    return _found("personal data looked up", asked, at, by)


def export_person(asked: str, at: datetime, by: User) -> bytes:
    """Return a ZIP of all that is held of somebody: as JSON, as a page to read, and their files."""
    places = _found("personal data exported", asked, at, by)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        kept: dict[str, list[dict[str, Any]]] = {}
        for place, records in places.items():
            kept[place] = []
            for held in records:
                names = []
                for number, file in enumerate(held.files, start=1):
                    name = (
                        f"files/{len(archive.namelist()) + 1}-{number}-{archived_name(file.name)}"
                    )
                    archive.writestr(name, file.read())
                    names.append(name)
                fields = [{"field": term, "value": value} for term, value in held.fields]
                kept[place].append({"what": held.title, "fields": fields, "files": names})
        made = f"{local(at):%-d %B %Y at %H:%M}"
        all_of_it = {"made": local(at).isoformat(), "held": kept}
        archive.writestr("data.json", json.dumps(all_of_it, ensure_ascii=False, indent=2))
        shown = {"made": made, "places": kept}
        archive.writestr("data.html", render_to_string("responses/personal/data.html", shown))
    return written.getvalue()


def _found(act: str, asked: str, at: datetime, by: User) -> dict[str, list[Held]]:
    subject = subject_of(asked)
    places = {holder.name: found for holder in holders() if (found := holder.find(subject))}
    counts: dict[str, Any] = {place: len(found) for place, found in places.items()}
    with transaction.atomic():
        # Who was looked for is in it as a hash only: the audit record is never erased.
        after = {"found": counts, "subject": subject_digest(asked)}
        record(act, by, at, by=by, after=after)
    return places
