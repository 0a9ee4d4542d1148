"""One visit to a survey: its draft, and the cookie that leads back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from folkmoot.responses import access, tokens
from folkmoot.responses.models import Draft, Response
from folkmoot.responses.questions import revision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.responses.models import Survey
    from folkmoot.responses.questions import SurveyForm

COOKIE = "folkmoot-draft"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a survey: its questions as published, and the instant."""

    request: HttpRequest
    survey: Survey
    form: SurveyForm
    at: datetime

    @property
    def revision(self) -> str:
        """The mark of the questions and the consent text as published."""
        return revision(self.form, self.survey.consent)

    def token(self, key: str, step: str) -> str:
        """Return the signed token for a form."""
        return tokens.sign(tokens.Token(key, self.survey.pk, step, self.revision))

    def draft(self, key: str) -> Draft | None:
        """Return the draft of a key."""
        return Draft.objects.filter(survey=self.survey, key=key).first() if key else None

    def response(self, key: str) -> Response | None:
        """Return the response that came of the draft of a key."""
        found = Response.objects.filter(survey=self.survey, draft_key=key)
        return found.first() if key else None

    def cookie_key(self) -> str:
        """Return the key of the draft that the browser remembers; empty without one."""
        said = self.request.get_signed_cookie(COOKIE, default="", salt=tokens.SALT)
        return str(said or "")

    def may_go_on(self, draft: Draft | None) -> bool:
        """Whether answers are taken: from everybody while open, from a draft in its grace."""
        return access.may_begin(self.survey, self.at) or (
            draft is not None and access.may_submit(self.survey, draft, self.at)
        )

    def remember(self, response: HttpResponse, key: str) -> HttpResponse:
        """Let the browser keep the key until it is closed, for this survey only."""
        response.set_signed_cookie(
            COOKIE,
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
        response.delete_cookie(COOKIE, path=self._path, samesite="Lax")
        return response

    @property
    def _path(self) -> str:
        # Where a body has several sites, a page's address begins with its host.
        return urlsplit(self.survey.url).path
