"""Exports asked for, made, fetched: each in the audit record, with who and how many."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import local
from folkmoot.responses import access, retention
from folkmoot.responses.exporting.errors import ExportRefusedError, TooLargeError
from folkmoot.responses.exporting.package import write_package
from folkmoot.responses.exporting.selection import Selection, read_selection
from folkmoot.responses.exporting.tables import file_stem
from folkmoot.responses.models import Export

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.exporting.tables import Of


def begin_export(
    of: Of,
    chosen: str,
    selection: Selection,
    at: datetime,
    by: User | None,
    *,
    monitoring: str = Export.Monitoring.NONE,
    is_sent_at_once: bool = False,
) -> Export:
    """Note that somebody asks for an export, before anything of it is read. Return its record.

    `by` is None for the command line. Raises PermissionDenied for who may not export, not with
    equality answers so, or not the files that were sent; ExportRefusedError for what does not go
    together.
    """
    if by is not None and not access.may_export(by, monitoring):
        raise PermissionDenied
    if by is not None and selection.with_files and not access.may_export_files(by):
        raise PermissionDenied
    if refused := refusal(of, selection, monitoring):
        raise ExportRefusedError(refused)
    state = Export.State.MADE if is_sent_at_once else Export.State.WAITING
    with transaction.atomic():
        export = Export.objects.create(
            survey=None if isinstance(of, Consultation) else of,
            consultation=of if isinstance(of, Consultation) else None,
            format=chosen,
            selection=selection.written(),
            monitoring=monitoring,
            state=state,
            asked_at=at,
            asked_by=by,
            total=selection.responses(of).count(),
            finished_at=at if is_sent_at_once else None,
        )
        after = {"format": chosen, "responses": export.total, "equality answers": monitoring}
        record("responses exported", export, at, by=by, after=after | export.selection)
    return export


def refusal(of: Of, selection: Selection, monitoring: str) -> str:
    """Return why what was asked for does not go together; empty where it does."""
    if monitoring == Export.Monitoring.NONE:
        return ""
    if isinstance(of, Consultation):
        return "Letters have no equality answers: export them without."
    if selection.with_files and monitoring == Export.Monitoring.KEYED:
        return (
            "With a key no row has a reference, and a file may name its sender: export the files "
            "apart from it."
        )
    return ""


def make_export(export: Export, at: datetime) -> Export:
    """Make the file of an export, noting how far it is. Made before or given up, it stays so."""
    if export.state != Export.State.WAITING:
        return export
    rows = Export.objects.filter(pk=export.pk, state=Export.State.WAITING)
    selection = read_selection(export.selection)
    with tempfile.NamedTemporaryFile() as made:
        try:
            written = write_package(
                made,  # type: ignore[arg-type]
                export.of,
                selection,
                export.format,
                at,
                monitoring=export.monitoring,
                report=lambda many: rows.update(written=many),
            )
        except TooLargeError as error:
            rows.update(state=Export.State.FAILED, failure=str(error)[:300], finished_at=at)
            export.refresh_from_db()
            return export
        except BaseException:
            failure = "It could not be made: ask for it again, and tell the site's administrator."
            rows.update(state=Export.State.FAILED, failure=failure, finished_at=at)
            raise
        made.flush()
        made.seek(0)
        digest = hashlib.file_digest(made, "sha256")
        made.seek(0)
        export.written = written
        # No name that anybody could guess, although no address leads there.
        export.file.save(f"{export.pk}-{digest.hexdigest()[:16]}.zip", File(made), save=False)
    export.state, export.sha256 = Export.State.MADE, digest.hexdigest()
    export.bytes, export.finished_at = export.file.size, at
    export.expires_at = at + timedelta(days=retention.periods()[retention.EXPORTS])
    export.save()
    return export


def fetch_export(export: Export, at: datetime, by: User) -> str:
    """Note that somebody downloads an export, and return the name that the file gets.

    Raises PermissionDenied for who may not have it, and Export.DoesNotExist where its file is
    gone.
    """
    if not access.may_export(by, export.monitoring):
        raise PermissionDenied
    if read_selection(export.selection).with_files and not access.may_export_files(by):
        raise PermissionDenied
    if export.state != Export.State.MADE or not export.file or _is_over(export, at):
        raise Export.DoesNotExist
    with transaction.atomic():
        record("export downloaded", export, at, by=by, after={"responses": export.written})
    return f"{file_stem(export.of)}-{local(export.asked_at):%Y-%m-%d}-{export.format}.zip"


def _is_over(export: Export, at: datetime) -> bool:
    return export.expires_at is not None and at >= export.expires_at
