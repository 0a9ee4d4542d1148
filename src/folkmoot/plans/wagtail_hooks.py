"""The plan's place in the admin: menu, the page that keeps a version, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from folkmoot.plans.access import may_publish_plan
from folkmoot.plans.commitment_screens import ADDRESSES as COMMITMENTS
from folkmoot.plans.menu import CommitmentsItem, PlanGroup
from folkmoot.plans.models import Plan, PlanVersion, Section
from folkmoot.plans.models.pages import taken
from folkmoot.plans.views import keep_version

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

register_snippet(PlanGroup)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("plans/<int:plan_id>/keep-version/", keep_version, name="plans_keep_version"),
        *COMMITMENTS,
    ]


@hooks.register("register_admin_menu_item")
def register_commitments() -> CommitmentsItem:
    return CommitmentsItem()


@hooks.register("register_page_header_buttons")
def offer_to_keep_version(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer those who may publish a plan to keep what it says."""
    plan = page.specific if page.specific_class is Plan else None
    if plan is not None and plan.live and may_publish_plan(user, plan):
        address = reverse("plans_keep_version", args=[plan.pk])
        yield Button("Keep this version", address, icon_name="history", priority=45)


@hooks.register("before_delete_page")
def refuse_to_delete_versions(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a plan whose versions are kept, or a page above it."""
    plans = Plan.objects.descendant_of(page, inclusive=True)
    version = PlanVersion.objects.filter(plan__in=plans).select_related("plan").first()
    if version is None:
        return None
    messages.error(
        request,
        f"“{version.plan.title}” cannot be deleted, because what people were asked about is kept "
        "with it: unpublish it instead.",
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_copy_page")
def refuse_a_second_number(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy a section to a plan that has its number already."""
    if request.method != "POST" or page.specific_class is not Section:
        return None
    chosen = Page.objects.filter(pk=request.POST.get("new_parent_page") or None).first()
    sentence = taken(chosen or page.get_parent(), page.specific.number)
    if not sentence:
        return None
    messages.error(request, f"Nothing was copied. {sentence}")
    return redirect("wagtailadmin_pages:copy", page.pk)
