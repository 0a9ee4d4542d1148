"""The lock file names the two public hosts of PyPI and no other, and every licence is allowed."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "uv.lock"


def test_lock_names_only_the_public_hosts() -> None:
    hosts = set(re.findall(r"https?://([^/\"\s]+)", LOCK.read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_default_install_carries_no_pytorch_spark_or_playwright() -> None:
    packages = {each["name"]: each for each in tomllib.loads(LOCK.read_text())["package"]}
    installed, asked = set(), ["folkmoot"]
    while asked:
        name = asked.pop()
        if name not in installed:
            installed.add(name)
            # Every extra that anything locked has counts as asked for, but for our own.
            package = packages[name]
            extras = package.get("optional-dependencies", {}) if name != "folkmoot" else {}
            needed = [*package.get("dependencies", []), *chain.from_iterable(extras.values())]
            asked += [each["name"] for each in needed]
    assert "ibis-framework" in installed
    assert not installed & {"torch", "pyspark", "playwright"}


def test_spark_is_an_extra_that_the_lock_knows() -> None:
    packages = {each["name"]: each for each in tomllib.loads(LOCK.read_text())["package"]}
    assert packages["folkmoot"]["optional-dependencies"] == {"spark": [{"name": "pyspark"}]}
    assert "torch" not in packages


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
