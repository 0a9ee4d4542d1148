"""One response of the register, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.responses import access
from folkmoot.responses.models import Response
from folkmoot.responses.presenters import register_rows

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
@never_cache
def one(request: HttpRequest, response_id: int) -> HttpResponse:
    """Show a response with its answers. Equality answers never stand beside them."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    response = get_object_or_404(Response, pk=response_id)
    shown = {"response": response, "answers": register_rows(response)}
    return render(request, "responses/register/response.html", shown)
