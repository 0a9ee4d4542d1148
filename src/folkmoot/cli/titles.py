"""Titles of themes proposed by a language model that a body runs or trusts; off by default.

`FOLKMOOT_LLM_URL` names an endpoint that speaks OpenAI's protocol. Only redacted quotations are
sent; what comes back is kept on disk, marked as machine-written, and changes nothing but words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from folkmoot.texts import Discovery, Theme, find_personal_details, redact
from folkmoot.texts.wording import plain_text

PROMPT = Path(__file__).parent / "prompts" / "theme.md"
SECONDS = 60
LONGEST_ANSWER, LONGEST_REPLY = 600, 200_000
LONGEST_TITLE, LONGEST_DESCRIPTION = 90, 400


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where titles are asked for."""

    url: str
    model: str
    key: str
    kept: Path
    """The folder of what was answered before."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Endpoint | None:
        """Return the endpoint that the environment names, None where it names none."""
        url = environment.get("FOLKMOOT_LLM_URL", "").strip().rstrip("/")
        if not url:
            return None
        kept = Path(environment.get("FOLKMOOT_VAR") or "var") / "machine-titles"
        return cls(
            url,
            environment.get("FOLKMOOT_LLM_MODEL") or "default",
            environment.get("FOLKMOOT_LLM_KEY", ""),
            kept,
        )


def with_titles(
    found: Discovery, texts: Sequence[str], endpoint: Endpoint
) -> tuple[Discovery, frozenset[int], str]:
    """Return the themes in proposed words, the ids of those that have them, and a note.

    A theme without a usable proposal keeps its own words. After the endpoint has failed once it
    is not asked again.
    """
    themes = list(found.themes)
    written: set[int] = set()
    note = ""
    for at, theme in enumerate(themes):
        try:
            proposal = _proposal(theme, texts, endpoint)
        except (URLError, HTTPException, OSError, ValueError) as error:
            why = str(getattr(error, "reason", "") or error or type(error).__name__)
            note = f"Some titles are Folkmoot's own, for the language model did not answer: {why}."
            break
        taken = {each.label.casefold() for each in themes}
        if proposal and proposal[0].casefold() not in taken:
            themes[at] = replace(theme, label=proposal[0], description=proposal[1])
            written.add(theme.id)
    return replace(found, themes=tuple(themes)), frozenset(written), note


def _proposal(theme: Theme, texts: Sequence[str], endpoint: Endpoint) -> tuple[str, str] | None:
    quoted = [redact(plain_text(texts[row]))[:LONGEST_ANSWER] for row in theme.exemplars]
    asked = json.dumps(
        {"phrases": [redact(phrase) for phrase in theme.keywords], "answers": quoted},
        ensure_ascii=False,
        indent=1,
    )
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": PROMPT.read_text(encoding="utf-8")},
            {"role": "user", "content": asked},
        ],
    }
    sent = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    kept = endpoint.kept / f"{sha256(endpoint.url.encode() + sent).hexdigest()}.json"
    if kept.is_file():
        return _checked(kept.read_text(encoding="utf-8"))
    reply = _ask(endpoint, sent)
    proposal = _checked(reply)
    if proposal:
        endpoint.kept.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}.part")
        beside.write_text(reply, encoding="utf-8")
        beside.replace(kept)
    return proposal


def _ask(endpoint: Endpoint, sent: bytes) -> str:
    if not endpoint.url.startswith(("http://", "https://")):
        raise ValueError("FOLKMOOT_LLM_URL begins with neither http:// nor https://")
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = Request(f"{endpoint.url}/chat/completions", data=sent, headers=headers)
    with urlopen(request, timeout=SECONDS) as answered:
        reply: Any = json.loads(answered.read(LONGEST_REPLY))
    try:
        return str(reply["choices"][0]["message"]["content"])
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("its reply has no message") from error


def _checked(reply: str) -> tuple[str, str] | None:
    """Return title and description of a reply, None where it has none that could be shown."""
    try:
        proposal: Any = json.loads(reply[reply.find("{") : reply.rfind("}") + 1])
        title, description = proposal["title"], proposal["description"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(title, str) or not isinstance(description, str):
        return None
    title, description = " ".join(title.split()).rstrip("."), " ".join(description.split())
    if not title or len(title) > LONGEST_TITLE or len(description) > LONGEST_DESCRIPTION:
        return None
    if find_personal_details(f"{title}. {description}"):
        return None
    return title, description
