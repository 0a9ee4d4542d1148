"""The addresses of a survey, each with the page that is shown there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import Resolver404
from django.views.decorators.cache import never_cache
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.url_routing import RouteResult

from folkmoot.responses.trials import TRIAL, read

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SurveyAddresses(RoutablePageMixin):
    """What stands below a survey's own address: its steps, what was sent, tests, paper, results."""

    @path("")
    def start(self, request: HttpRequest) -> HttpResponse:
        """Say what the survey asks, and let people begin."""
        return self._shown(request, "start")

    @path("<int:number>/")
    def one_step(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask the questions of a step, or keep its answers."""
        return self._shown(request, "step", number)

    @path("check/")
    def check_answers(self, request: HttpRequest) -> HttpResponse:
        """Show all answers before they are sent, or take them in."""
        return self._shown(request, "check")

    @path("received/<str:reference>/")
    def received(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Acknowledge a response that is committed."""
        return self._shown(request, "received", reference)

    @path("later/")
    def later(self, request: HttpRequest) -> HttpResponse:
        """Show the code with which a respondent comes back to what they saved."""
        return self._shown(request, "later")

    @path("return/")
    def come_back(self, request: HttpRequest) -> HttpResponse:
        """Lead whoever has a code to what they saved."""
        return self._shown(request, "come_back")

    @path("change/")
    def find_own(self, request: HttpRequest) -> HttpResponse:
        """Ask for the reference and the code of a response that was sent."""
        return self._shown(request, "find_own")

    @path("change/<str:reference>/")
    def own_response(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show its sender a response whole, and open it to be changed."""
        return self._shown(request, "own_response", reference)

    @path("withdraw/<str:reference>/")
    def withdraw(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask whether a response is to be withdrawn, and withdraw it."""
        return self._shown(request, "withdraw", reference)

    @path("copy/<str:reference>/")
    def own_copy(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Give its sender a copy of a response, to keep or by e-mail."""
        return self._shown(request, "own_copy", reference)

    def _shown(self, request: HttpRequest, view: str, *given: Any) -> HttpResponse:
        from folkmoot.responses import views

        page: HttpResponse = getattr(views, view)(request, self, *given)
        return page

    @path("paper/")
    def on_paper(self, request: HttpRequest) -> HttpResponse:
        """Show the survey as a form to be printed and sent by post."""
        return self._on_paper(request, "public_page")

    @path("paper/pdf/")
    def paper_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the form on paper as a PDF."""
        return self._on_paper(request, "public_pdf")

    @path("paper/large-print/")
    def large_print_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the form on paper as a PDF in large print."""
        return self._on_paper(request, "public_pdf", is_large=True)

    def _on_paper(self, request: HttpRequest, view: str, **how: Any) -> HttpResponse:
        from folkmoot.responses.paper import views

        page: HttpResponse = getattr(views, view)(request, self, **how)
        return page

    @path("responses/")
    def published_responses(self, request: HttpRequest) -> HttpResponse:
        """List what is published of the responses."""
        return self._published(request, "browse")

    @path("responses/responses.csv/")
    def published_csv(self, request: HttpRequest) -> HttpResponse:
        """Send what is published of the responses as CSV."""
        return self._published(request, "browse_csv")

    @path("responses/<int:number>/")
    def published_response(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what is published of one response."""
        return self._published(request, "one", number)

    def _published(self, request: HttpRequest, view: str, *given: Any) -> HttpResponse:
        from folkmoot.responses import published

        page: HttpResponse = getattr(published, view)(request, self, *given)
        return page

    @path(f"{TRIAL}/<str:mark>/")
    def try_start(self, request: HttpRequest, mark: str) -> HttpResponse:
        """Begin a test, in which nothing counts."""
        return self._tried(request, mark, "start")

    @path(f"{TRIAL}/<str:mark>/<int:number>/")
    def try_step(self, request: HttpRequest, mark: str, number: int) -> HttpResponse:
        """Ask the questions of a step in a test."""
        return self._tried(request, mark, "step", number)

    @path(f"{TRIAL}/<str:mark>/check/")
    def try_check(self, request: HttpRequest, mark: str) -> HttpResponse:
        """Show all answers of a test, or end it."""
        return self._tried(request, mark, "check")

    @path(f"{TRIAL}/<str:mark>/received/<str:reference>/")
    def try_received(self, request: HttpRequest, mark: str, reference: str) -> HttpResponse:
        """Show the last page of a test."""
        return self._tried(request, mark, "received", reference)

    def _tried(self, request: HttpRequest, mark: str, view: str, *given: Any) -> HttpResponse:
        """Show a page of the newest draft of this survey, published or not."""
        from folkmoot.responses import views

        trial = read(mark, self.pk)
        if trial is None:
            return views.trial_over(request, self)
        newest = self.get_latest_revision_as_object()
        return never_cache(getattr(views, view))(request, newest, *given, trial=trial)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead to a page of the survey; to its test pages even before it is published."""
        if path_components[:1] == [TRIAL] and not self.live:
            try:
                view, args, kwargs = self.resolve_subpage(f"/{'/'.join(path_components)}/")
            except Resolver404:
                pass
            else:
                return RouteResult(self, args=(view, args, kwargs))
        found: RouteResult = super().route(request, path_components)
        return found
