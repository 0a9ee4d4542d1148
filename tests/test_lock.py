"""The lock file names the two public hosts of PyPI and no other, and every licence is allowed."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_lock_names_only_the_public_hosts() -> None:
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_default_install_carries_no_pytorch_spark_or_playwright() -> None:
    lock = (ROOT / "uv.lock").read_text()
    names = set(re.findall(r'^name = "([^"]+)"', lock, re.MULTILINE))
    assert not names & {"torch", "pyspark"}
    folkmoot = lock.split('name = "folkmoot"', 1)[1].split("[package.dev-dependencies]", 1)[0]
    assert '"playwright"' not in folkmoot


def test_no_dependency_is_gpl() -> None:
    refused = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
    lesser = re.compile(r"LGPL|Lesser", re.IGNORECASE)
    gpl = []
    for distribution in metadata.distributions():
        facts = distribution.metadata
        licences = [facts.get("License-Expression") or "", (facts.get("License") or "")[:80]]
        licences += [c for c in facts.get_all("Classifier") or [] if c.startswith("License")]
        licences = [licence for licence in licences if not lesser.search(licence)]
        offers_another = any(re.search(r"\bOR\b|MIT|BSD|Apache", licence) for licence in licences)
        if any(refused.search(licence) for licence in licences) and not offers_another:
            gpl.append(facts["Name"])
    assert gpl == []
