"""The list of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.querysets import register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the responses that a filter leaves, newest first."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    return render(request, "responses/register/index.html", {"rows": register(now())[:50]})
