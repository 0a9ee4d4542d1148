"""The page on which a visitor who agreed to it sees the player of another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from folkmoot.publishing.models import Recording
from folkmoot.publishing.presenters.recordings import recording_shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def player(request: HttpRequest, recording_id: int) -> HttpResponse:
    """Show a recording in the player of the site where it is kept.

    Opening this page is the consent: no other page loads anything from there, and only here may
    a frame of that one site be shown.
    """
    recording = get_object_or_404(Recording, pk=recording_id, live=True)
    found = recording.player
    if found is None:
        raise Http404("This recording is kept on this site, or is not there any more.")
    name, host, address = found
    shown = {"recording": recording_shown(recording), "site_name": name, "player": address}
    response = render(request, "publishing/recording.html", shown)
    response._csp_update = {"frame-src": [host]}  # type: ignore[attr-defined]
    return response
