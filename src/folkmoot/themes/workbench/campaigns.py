"""Campaigns reviewed: each looked at, confirmed with how it counts, split or released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.publishing.clock import now
from folkmoot.publishing.search.words import words
from folkmoot.responses.finding import answers_with
from folkmoot.themes.access import may_confirm_themes
from folkmoot.themes.acts import campaigns as acts
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.models import Campaign
from folkmoot.themes.searching.states import counted
from folkmoot.themes.workbench.common import (
    TEMPLATES,
    allowed,
    asked,
    back,
    bench,
    current_frame,
    number,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from folkmoot.themes.models import Assignment

MEMBERS_A_PAGE = 25


@require_GET
@never_cache
def index(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """List the campaigns of a question, those to be reviewed first."""
    allowed(request)
    survey, question = asked(survey_id, key)
    frame = current_frame(survey_id, key)
    rows = counted(frame).filter(campaign__isnull=False).order_by().values_list("campaign")
    copies = dict(rows.annotate(copies=Count("pk")))
    listed = list(frame.campaigns.select_related("exemplar"))
    listed.sort(key=lambda each: each.standing != Campaign.Standing.SUGGESTED)
    context = {
        **bench(request.user, survey, question),
        "campaigns": [{"campaign": each, "copies": copies.get(each.pk, 0)} for each in listed],
        "countings": Campaign.Counting.choices,
    }
    return render(request, f"{TEMPLATES}/campaigns.html", context)


@require_GET
@never_cache
def one(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show the answers of a campaign, found by words, to be ticked and taken out."""
    allowed(request)
    campaign = _campaign(campaign_id)
    survey, question = asked(campaign.frame.survey_id, campaign.frame.question)
    sought = request.GET.get("q", "").strip()[:200]
    members = _found(counted(campaign.frame).filter(campaign=campaign), sought)
    page = Paginator(members, MEMBERS_A_PAGE).get_page(request.GET.get("page"))
    copies = page.paginator.count
    if sought:
        copies = counted(campaign.frame).filter(campaign=campaign).count()
    context = {
        **bench(request.user, survey, question),
        "campaign": campaign,
        "copies": copies,
        "q": sought,
        "page": page,
    }
    return render(request, f"{TEMPLATES}/campaign.html", context)


@require_POST
def review(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Confirm a campaign with how it counts, or release it."""
    user = allowed(request, may_confirm_themes)
    campaign = _campaign(campaign_id)
    try:
        if request.POST.get("act") == "release":
            acts.release_campaign(campaign, user, now())
            told = f"Letter {campaign.number} is released: its answers are like all others."
        else:
            kept = acts.confirm_campaign(campaign, request.POST.get("counting", ""), user, now())
            told = f"Letter {campaign.number} is confirmed. {kept.get_counting_display()}."
    except ThemesError as error:
        messages.error(request, str(error))
        told = ""
    return back(request, "themes:campaigns", campaign.frame, told)


@require_POST
def split(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take ticked answers, or all that were found by words, out of a campaign."""
    user = allowed(request, may_confirm_themes)
    campaign = _campaign(campaign_id)
    sought = request.POST.get("q", "").strip()
    if request.POST.get("which") == "found" and sought:
        # Those that do not count just now go with them: they may be restored.
        chosen = list(_found(campaign.assignments.all(), sought).values_list("pk", flat=True))
    else:
        chosen = [key for each in request.POST.getlist("chosen") if (key := number(each))]
    try:
        made = acts.split_campaign(
            campaign, chosen, user, now(), is_campaign=request.POST.get("into") == "campaign"
        )
    except ThemesError as error:
        messages.error(request, str(error))
        return redirect("themes:campaign", campaign.pk)
    many = "1 answer was" if len(chosen) == 1 else f"{len(chosen):,} answers were"
    where = f" and are letter {made.number} now" if made else ""
    told = f"{many} taken out of letter {campaign.number}{where}."
    return back(request, "themes:campaigns", campaign.frame, told)


def _campaign(campaign_id: int) -> Campaign:
    campaigns = Campaign.objects.select_related("frame__survey", "exemplar")
    return get_object_or_404(campaigns, pk=campaign_id, frame__is_current=True)


def _found(members: QuerySet[Assignment], sought: str) -> QuerySet[Assignment]:
    members = members.select_related("answer").order_by("pk")
    if found := words(sought):
        members = members.filter(answer__in=answers_with(found).values("pk"))
    return members
