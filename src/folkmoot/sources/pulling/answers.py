"""What a publisher's server answers: a file, a wait, or a reason why there is none."""

from __future__ import annotations

import base64
import binascii
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from folkmoot.sources.pulling.errors import InterruptedPullError, PullError

SECONDS = 30
MOVED = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
LATER = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
# Where a server says which bytes a whole file has, as RFC 9530, RFC 3230 and S3 have it.
_DIGEST = re.compile(r"(sha-256)\s*=\s*:?([A-Za-z0-9+/]+=*):?", re.IGNORECASE)
_IN_ADDRESSES = "/:?#[]@!$&'()*+,;=%~"
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class _Redirects(HTTPRedirectHandler):
    """Follows a publisher elsewhere, but never from a sealed line to an open one."""

    def redirect_request(  # noqa: PLR0913, RUF100 as the library calls it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise PullError(
                f"{urlsplit(req.full_url).netloc} sends on to an address that is not https: "
                "download the file by hand, if you trust it."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def ask(address: str, headers: Mapping[str, str], page: str) -> Any:
    """Return the answer to a request: status 200, 206, 304 or 416.

    `page` is where a person finds the file. Raises PullError for what will not pass, such as an
    address that has moved, and InterruptedPullError for what may.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise PullError(f"{address} is no address on the web: it has to begin with https://.")
    request = Request(quote(address, safe=_IN_ADDRESSES), headers=dict(headers))
    try:
        return build_opener(_Redirects).open(request, timeout=SECONDS)
    except HTTPError as error:
        if error.code in (HTTPStatus.NOT_MODIFIED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE):
            return error
        error.close()
        raise refusal(error.code, error.headers, address, page) from error
    except URLError as error:
        raise _unreachable(error.reason, address, page) from error
    except (OSError, HTTPException) as error:
        raise InterruptedPullError(f"The line to {urlsplit(address).netloc} broke") from error


def refusal(code: int, headers: Message, address: str, page: str) -> Exception:
    """Return what to raise for an answer that is no file."""
    host = urlsplit(address).netloc
    if code in MOVED:
        return PullError(
            f"There is nothing at {address} any more ({code}): look at {page} where the file is "
            "now, and give its address with --from."
        )
    if code in LATER:
        return InterruptedPullError(f"{host} is busy or down ({code})", _retry_after(headers))
    return PullError(
        f"{host} refuses to give {address} ({code}): download the file from {page} by hand and "
        "give it to folkmoot data import."
    )


def _unreachable(reason: object, address: str, page: str) -> Exception:
    host = urlsplit(address).netloc
    if isinstance(reason, ssl.SSLCertVerificationError):
        return PullError(
            f"{host} cannot prove that it is {host}: check this machine’s clock and certificates."
        )
    away = isinstance(reason, socket.gaierror) or (
        isinstance(reason, OSError) and "unreachable" in str(reason.strerror).lower()
    )
    if away:
        return PullError(
            f"{host} cannot be found from here, so this machine may have no internet: download the "
            f"files from {page} on another one and give them to folkmoot data import."
        )
    return InterruptedPullError(f"{host} does not answer")


def _retry_after(headers: Message) -> float | None:
    """Return the seconds that a server asks to wait, given as seconds or as an instant."""
    given = str(headers.get("Retry-After", "")).strip()
    if given.isdecimal():
        return float(given)
    try:
        at = parsedate_to_datetime(given)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def validator_of(headers: Message) -> str:
    """Return what names this version of a file for If-Range: a strong ETag, else its instant."""
    etag = str(headers.get("ETag", ""))
    if etag and not etag.startswith("W/"):
        return etag
    return str(headers.get("Last-Modified", ""))


def start_and_total(answer: Any) -> tuple[int, int | None]:
    """Return the byte that an answer begins at, and the bytes of the whole file where it tells."""
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        found = _RANGE.fullmatch(str(answer.headers.get("Content-Range", "")).strip())
        return (int(found[1]), int(found[2])) if found else (-1, None)
    length = str(answer.headers.get("Content-Length", ""))
    return 0, int(length) if length.isdecimal() else None


def total_of(answer: Any) -> int | None:
    """Return the bytes of the whole file that an answer of 416 tells."""
    found = re.fullmatch(r"bytes \*/(\d+)", str(answer.headers.get("Content-Range", "")).strip())
    return int(found[1]) if found else None


def answer_headers(answer: Any) -> Message:
    """Return the headers of an answer."""
    headers: Message = answer.headers
    return headers


def promised_sha256(headers: Message) -> bytes | None:
    """Return the SHA-256 that the publisher gives of the whole file, where it gives one."""
    for name in ("Repr-Digest", "Digest"):
        found = _DIGEST.search(str(headers.get(name, "")))
        if found:
            return _decoded(found[2])
    return _decoded(str(headers.get("x-amz-checksum-sha256", "")))


def _decoded(text: str) -> bytes | None:
    try:
        digest = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    return digest if len(digest) == 32 else None


def chunks(answer: Any, host: str, size: int) -> Iterator[bytes]:
    """Yield the bytes of an answer. Raises InterruptedPullError where the line breaks."""
    while True:
        try:
            chunk = answer.read(size)
        except (OSError, HTTPException) as error:
            raise InterruptedPullError(f"The line to {host} broke") from error
        if not chunk:
            return
        yield chunk
