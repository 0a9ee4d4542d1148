"""The pages of following: ask, confirm, change, stop. None is kept, none is found by search.

Only a post changes anything, as programs that scan e-mails open every link in them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site

from folkmoot.publishing import acts
from folkmoot.publishing.clock import now
from folkmoot.publishing.following import access, tokens
from folkmoot.publishing.following.forms import FollowForm, ManageForm
from folkmoot.publishing.following.parts import Followed, followed_by, part_of
from folkmoot.publishing.following.tokens import Purpose
from folkmoot.publishing.models import Follower

if TYPE_CHECKING:
    from django.http import HttpRequest

    View = Callable[..., HttpResponse]

UNPROCESSABLE, GONE, SEE_OTHER = 422, 410, 303
TEMPLATES = "publishing/following"
CHANGED = "changed"


def personal(*methods: str) -> Callable[[View], View]:
    """Let a view answer these methods, and let nobody keep, index or pass on what it shows."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "same-origin"
            # Django logs the address of what it answers with 4xx, which here may be a secret link.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

        return never_cache(require_http_methods([*methods])(answer))

    return wrapped


@personal("GET", "HEAD", "POST")
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for an address; on a post send it the question whether they mean it."""
    followed = _asked_for(request)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not form.is_filled_by_program:
            acts.ask_to_follow(form.cleaned_data["email"], followed, now())
        return _see_other(reverse("follow-asked"))
    return _follow_page(request, followed, form)


def _asked_for(request: HttpRequest) -> Followed | None:
    """Return what to follow, None for the whole site. Raises Http404 for what cannot be."""
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("page", "")
    if not key:
        return None
    site = Site.find_for_request(request)
    page = Page.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    if page is None or site is None or not access.may_follow(page, site, now()):
        raise Http404("There is no page to follow here: it was taken down, or never was.")
    followed = part_of(page, given.get("part", ""))
    if followed is None:
        raise Http404("That part of the page cannot be followed: it was taken down, or never was.")
    return followed


def _follow_page(request: HttpRequest, followed: Followed | None, form: FollowForm) -> HttpResponse:
    error = " ".join(str(each) for each in form.errors.get("email", [])) if form.is_bound else ""
    shown = {
        "followed": followed,
        "typed": form.data.get("email", "") if form.is_bound else "",
        "error": error,
        "errors": [{"id": "follow-email", "message": error}] if error else [],
    }
    status = UNPROCESSABLE if error else 200
    return render(request, f"{TEMPLATES}/follow.html", shown, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say to look into the mailbox; the same to everybody."""
    shown = {"days": access.CONFIRMING.days}
    response = render(request, f"{TEMPLATES}/asked.html", shown)
    response["X-Robots-Tag"] = "noindex"
    return response


@personal("GET", "HEAD", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was asked with a button; on a post follow it."""
    following = tokens.following_of(token)
    if following is None:
        return _gone(request)
    manage_url = tokens.link(Purpose.MANAGE, following.follower)
    followed = followed_by(following)
    shown = {"followed": followed, "manage": manage_url}
    if following.confirmed_at is None and request.method != "POST":
        if not access.may_confirm(following, now()):
            return _gone(request, followed)
        return render(request, f"{TEMPLATES}/confirm.html", shown)
    try:
        acts.confirm_following(following, now())
    except acts.LinkExpiredError:
        return _gone(request, followed)
    return render(request, f"{TEMPLATES}/confirmed.html", shown)


@personal("GET", "HEAD", "POST")
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody follows and how often; on a post change it, or stop all."""
    follower = tokens.follower_of(Purpose.MANAGE, token)
    if follower is None:
        return _gone(request)
    confirmed = follower.followings.filter(confirmed_at__isnull=False)
    followings = list(confirmed.select_related("page").order_by("page__title"))
    if request.method != "POST":
        return _manage_page(request, follower, followings)
    if "erase" in request.POST:
        acts.stop_following(follower, now())
        return _stopped(request)
    form = ManageForm(request.POST, followings=followings)
    if not form.is_valid():
        message = form.errors.get("every_days", ["This page was changed meanwhile: look again."])[0]
        return _manage_page(request, follower, followings, str(message))
    changes = {name: form.cleaned_data[name] for name in ("keep", "every_days", "is_paused")}
    if acts.change_following(follower, **changes, at=now()):
        return _see_other(f"{request.path}?{CHANGED}")
    return _stopped(request)


def _manage_page(
    request: HttpRequest, follower: Follower, followings: list[Any], error: str = ""
) -> HttpResponse:
    shown = {
        "follower": follower,
        "followings": [(each.pk, followed_by(each)) for each in followings],
        "frequencies": Follower.Every.choices,
        "is_changed": CHANGED in request.GET,
        "errors": [{"id": "every-1", "message": error}] if error else [],
    }
    status = UNPROCESSABLE if error else 200
    return render(request, f"{TEMPLATES}/manage.html", shown, status=status)


@csrf_exempt
@personal("GET", "HEAD", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that ends all e-mails; on a post end them and erase the address.

    Takes a mail program's one click (RFC 8058), which carries no cookie: the link's own signature
    says who asks. Whoever is gone already is told that they are.
    """
    follower = tokens.follower_of(Purpose.STOP, token)
    if request.method == "POST":
        if follower is not None:
            acts.stop_following(follower, now())
        return _stopped(request)
    if follower is None:
        return _stopped(request)
    return render(request, f"{TEMPLATES}/stop.html")


def _stopped(request: HttpRequest) -> HttpResponse:
    return render(request, f"{TEMPLATES}/stopped.html")


def _gone(request: HttpRequest, followed: Followed | None = None) -> HttpResponse:
    shown = {"followed": followed, "days": access.CONFIRMING.days}
    return render(request, f"{TEMPLATES}/gone.html", shown, status=GONE)


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = SEE_OTHER
    return response
