"""What every screen of the desk asks first: who, and of which measures and areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from folkmoot.accounts.models import User
from folkmoot.performance.models import Area, Dashboard
from folkmoot.plans.models import Measure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest

    from folkmoot.performance.acts import RefusedError

TEMPLATES = "performance/desk"
UNPROCESSABLE = 422


def allowed(request: HttpRequest, may: Callable[[User | AnonymousUser], bool]) -> User:
    """Return who asks, refusing anybody who may not."""
    user = request.user
    if not isinstance(user, User) or not may(user):
        raise PermissionDenied
    return user


def measures_on_show() -> QuerySet[Measure]:
    """Return the measures of every plan with a live dashboard, in the order of the plan."""
    plans = Dashboard.objects.live().values("statutory_plan")
    return (
        Measure.objects.filter(outcome__priority__plan__in=plans)
        .select_related("outcome__priority")
        .order_by("outcome__priority__plan", *ORDER)
    )


ORDER = ("outcome__priority__order", "outcome__order", "order", "id")


def places() -> QuerySet[Area]:
    """Return the areas that figures are published for: the whole first, then by name."""
    return Area.objects.exclude(kind=Area.Kind.PSEUDO).order_by("-kind", "name")


def tell(form: Form, refused: RefusedError) -> None:
    """Put the sentences of a refusal beside the fields that they are about."""
    for field, sentence in refused.problems.items():
        form.add_error(field if field in form.fields else None, sentence)
