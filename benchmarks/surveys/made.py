"""A survey of a benchmark's own, in a database of its own, looked at by a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from surveys.sites import Database, databases, environment

# What generated answers are made of.
WORDS = (
    "street light police bus station night walk safe school park road estate youth worker officer "
    "neighbour burglary theft report phone answer wait trust meeting borough centre market evening "
    "train platform camera bridge river family victim support court justice drug knife gang noise "
    "dog litter bench shop window door lock tenant council listen plan money priority crime"
)


def on_each_database(report: Callable[[Database], bool]) -> bool:
    """Report on each kind of database that this machine has; return whether all promises hold."""
    kept = True
    for kind in databases():
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as place:
            database = kind(Path(place))
            try:
                kept = report(database) and kept
            finally:
                database.stop()
    return kept


def measured(script: str, database: Database, *arguments: str, **more: str) -> Any:
    """Return what a benchmark wrote as JSON when it was called with "measure"."""
    done = subprocess.run(
        [sys.executable, script, "measure", *arguments],
        env=environment(database.folder, database.url) | more,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def survey_of(steps: list[list[Any]], opens_at: datetime, days: int) -> Any:
    """Make a survey with these questions in steps, in a consultation that is open for some days."""
    from wagtail.models import Page

    from folkmoot.consultations.models import Consultation
    from folkmoot.plans.models import Plan
    from folkmoot.responses.models import Survey

    root = Page.get_first_root_node()
    plan = Plan(
        title="The plan",
        slug="the-plan",
        stage=Plan.Stage.DRAFT,
        starts_on=opens_at.date(),
        ends_on=opens_at.date() + timedelta(days=1000),
        led_by="The commissioner",
    )
    root.add_child(instance=plan)
    consultation = Consultation(
        title="The draft plan",
        slug="the-draft-plan",
        statutory_plan=plan,
        run_by="The commissioner's office",
        stage="Draft",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=days),
    )
    root.add_child(instance=consultation)
    survey = Survey(title="Your say", slug="your-say", consent="<p>We use your answers.</p>")
    survey.steps = [
        ("step", {"title": f"Step {number}", "introduction": "", "questions": questions})
        for number, questions in enumerate(steps, start=1)
    ]
    consultation.add_child(instance=survey)
    return survey
