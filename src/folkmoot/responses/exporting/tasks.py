"""Background work: somebody asks for an export and goes on working."""

from __future__ import annotations

from django_tasks import task

from folkmoot.publishing.clock import now
from folkmoot.responses.acts.exporting import make_export
from folkmoot.responses.models import Export


@task()
def make(export_id: int) -> str:
    """Make the file of an export and return how it went."""
    export = Export.objects.select_related("survey", "consultation").get(pk=export_id)
    return make_export(export, now()).state
