"""The admin of consultations: its addresses, buttons, front page, warnings and guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from folkmoot.consultations import checklist
from folkmoot.consultations.admin import guards, presenters, views
from folkmoot.consultations.admin.editing import closing_address
from folkmoot.consultations.calendar import warnings_between
from folkmoot.consultations.models import Consultation, State
from folkmoot.consultations.viewsets import PreElectionPeriodViewSet
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLResolver
    from wagtail.models import Page

    from folkmoot.accounts.models import User

addresses = [
    path("cautions/", views.cautions, name="cautions"),
    path("<int:consultation_id>/closing/", views.closing, name="closing"),
    path("<int:consultation_id>/checklist/", views.show_checklist, name="checklist"),
    path("<int:consultation_id>/checklist/tick/", views.tick, name="tick"),
    path("<int:consultation_id>/checklist/<slug:line>/untick/", views.untick, name="untick"),
]

register_snippet(PreElectionPeriodViewSet)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    return [
        path("consultations/", include((addresses, "consultations"), namespace="consultations"))
    ]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="consultations",
        content_type__model__in=["preelectionperiod", "topic"],
    )


@hooks.register("insert_editor_js")
def dates_script() -> str:
    return format_html('<script src="{}"></script>', static("consultations/admin/dates.js"))


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a consultation's menu to its checklist and its closing time."""
    if not isinstance(page.specific_deferred, Consultation):
        return
    consultation = Consultation.objects.get(pk=page.pk)
    yield Button(
        "Checklist before opening",
        presenters.checklist_address(consultation),
        icon_name="list-ul",
        priority=11,
    )
    if presenters.may_see_closing(consultation, user, now()):
        yield Button(
            "Move the closing time", closing_address(consultation), icon_name="date", priority=12
        )


class ConsultationsPanel(Component):
    """Consultations on the admin's front page: what is owed today, and where each stands."""

    name = "consultations"
    template_name = "consultations/admin/front_page.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        consultations = Consultation.objects.prefetch_related("updates", "events")
        shown = presenters.front_page(consultations, parent_context["request"].user, now())
        return {"shown": shown}


@hooks.register("construct_homepage_panels")
def front_page_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ConsultationsPanel())


@hooks.register("after_publish_page")
def warn_after_publishing(request: HttpRequest, page: Page) -> None:
    """Say what is still open of a consultation that opens soon, and what its dates cross.

    Of one that has opened, only when it is published for the first time.
    """
    if not isinstance(page, Consultation):
        return
    at, state = now(), page.state(now())
    is_first = page.first_published_at == page.last_published_at
    if state is not State.COMING and not (state is State.OPEN and is_first):
        return
    still_open = [each for each in checklist.standings(page) if each.is_open]
    if still_open and (checklist.opens_soon(page, at) or state is State.OPEN):
        count = "1 line" if len(still_open) == 1 else f"{len(still_open)} lines"
        messages.warning(
            request,
            format_html(
                "{} of the checklist before opening {} open, first “{}”. "
                '<a href="{}">See the checklist</a>',
                count,
                "is" if len(still_open) == 1 else "are",
                still_open[0].title,
                presenters.checklist_address(page),
            ),
        )
    for caution in warnings_between(page.opens_at, page.closes_at):
        messages.warning(request, caution.sentence)


hooks.register("before_delete_page", guards.keep_from_deletion)
hooks.register("before_unpublish_page", guards.keep_from_unpublishing)
hooks.register("before_bulk_action", guards.keep_from_bulk_action)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Tell in the page's history of a closing time that moved, and why."""

    @actions.register_action("folkmoot.closing")
    class ClosingMoved(LogFormatter):
        label = "Move the closing time"

        def format_message(self, entry: Any) -> str:
            told = entry.data
            return f"Closing time moved from {told['before']} to {told['after']}: {told['reason']}"
