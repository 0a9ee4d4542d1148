"""One visit to a survey: its draft, and the cookie that leads back to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from folkmoot.responses import access, arrivals, tokens
from folkmoot.responses.models import Draft, Response
from folkmoot.responses.presenters import closing_notice
from folkmoot.responses.served import asked_of
from folkmoot.responses.trials import TRIAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.responses.arrivals import Allowance
    from folkmoot.responses.models import Survey
    from folkmoot.responses.questions import SurveyForm
    from folkmoot.responses.trials import Trial

COOKIE = "folkmoot-draft"
TRIAL_COOKIE = "folkmoot-test"
# Says for an hour which response this browser sent, or opened with its code.
SENT_COOKIE = "folkmoot-sent"
SENT_SALT = "folkmoot.responses.sent"
SENT_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a survey: its questions as published, and the instant.

    With `trial` it is a test: the questions are those of the newest draft of the page, and
    nothing of it ever meets a real response.
    """

    request: HttpRequest
    survey: Survey
    form: SurveyForm
    at: datetime
    trial: Trial | None = None
    seen: dict[str, Draft | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_test(self) -> bool:
        """Whether nothing of this visit counts."""
        return self.trial is not None

    @property
    def is_preview(self) -> bool:
        """Whether an officer looks at the survey beside its editor, whoever is asked what."""
        return self.trial is not None and self.trial.is_preview

    @property
    def address(self) -> str:
        """The address under which the pages of this visit stand, with a slash at its end."""
        survey: str = self.survey.url
        return f"{survey}{TRIAL}/{self.trial.mark}/" if self.trial else survey

    def form_name(self, step: str) -> str:
        """Return the name that a form signs; no form of a test passes for one that counts."""
        return f"{TRIAL}-{step}" if self.is_test else step

    @property
    def revision(self) -> str:
        """The mark of the questions and the consent text as published."""
        return asked_of(self.survey).revision

    def token(self, key: str, step: str) -> str:
        """Return the signed token for a form."""
        return tokens.sign(tokens.Token(key, self.survey.pk, self.form_name(step), self.revision))

    def draft(self, key: str) -> Draft | None:
        """Return the draft of a key; a visit that only looks reads it once."""
        if not key:
            return None
        if self.request.method == "GET" and key in self.seen:
            return self.seen[key]
        draft = Draft.objects.filter(survey=self.survey, key=key, is_test=self.is_test).first()
        self.seen[key] = draft
        return draft

    def response(self, key: str) -> Response | None:
        """Return the response that came of the draft of a key."""
        found = Response.objects.filter(survey=self.survey, draft_key=key)
        return found.first() if key and not self.is_test else None

    def cookie_key(self) -> str:
        """Return the key of the draft that the browser remembers; empty without one."""
        said = self.request.get_signed_cookie(self._cookie, default="", salt=tokens.SALT)
        return str(said or "")

    def may_go_on(self, draft: Draft | None) -> bool:
        """Whether answers are taken: from everybody while open, from a draft in its grace."""
        return (
            self.is_test
            or access.may_begin(self.survey, self.at)
            or (draft is not None and access.may_submit(self.survey, draft, self.at))
        )

    def closing(self, draft: Draft | None) -> str:
        """Return until when answers are taken, where that is near; empty in a test."""
        return "" if self.is_test else closing_notice(self.survey, draft, self.at)

    def wait(self, allowance: Allowance, whose: str | None = None) -> int:
        """Take one use of an allowance of this connection; return the seconds to wait for it."""
        if self.is_test:
            return 0
        return arrivals.take(allowance, self.sender if whose is None else whose, self.at)

    @property
    def sender(self) -> str:
        """The address that the request came from, to be counted and never kept."""
        return arrivals.address_of(self.request)

    def may_see(self, reference: str) -> bool:
        """Whether this browser sent that response, or opened it with its code, in the last hour."""
        said = self.request.get_signed_cookie(
            SENT_COOKIE, default="", salt=SENT_SALT, max_age=SENT_SECONDS
        )
        return bool(said) and said == reference

    def remember_sent(self, response: HttpResponse, reference: str) -> HttpResponse:
        """Let the browser show one response whole for an hour."""
        response.set_signed_cookie(
            SENT_COOKIE,
            reference,
            salt=SENT_SALT,
            max_age=SENT_SECONDS,
            path=self._path,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
        return response

    def forget_sent(self, response: HttpResponse) -> HttpResponse:
        """Let the browser show no response any more."""
        response.delete_cookie(SENT_COOKIE, path=self._path, samesite="Lax")
        return response

    def remember(self, response: HttpResponse, key: str) -> HttpResponse:
        """Let the browser keep the key until it is closed, for this survey only."""
        response.set_signed_cookie(
            self._cookie,
            key,
            salt=tokens.SALT,
            path=self._path,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
        return response

    def forget(self, response: HttpResponse) -> HttpResponse:
        """Let the browser forget the key."""
        response.delete_cookie(self._cookie, path=self._path, samesite="Lax")
        return response

    @property
    def _cookie(self) -> str:
        return TRIAL_COOKIE if self.is_test else COOKIE

    @property
    def _path(self) -> str:
        # Where a body has several sites, a page's address begins with its host.
        return urlsplit(self.address).path
