"""Real answers that people sorted into themes by hand."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from sklearn.metrics import normalized_mutual_info_score

from folkmoot.texts import discover_themes


def read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / "responses" / name, infer_schema=False)


def test_themes_of_health_answers_agree_with_those_of_people(shared_data: Path) -> None:
    rows = read(shared_data, "nhs-friends-and-family-phase1.csv")
    found = discover_themes(rows["feedback"].to_list())
    assert 6 <= len(found.themes) <= 20
    assert len(found.assignments) == len(rows)
    themes = [each.theme_id or 0 for each in found.assignments]
    assert normalized_mutual_info_score(rows["label"].to_list(), themes) >= 0.2
    assert max(theme.share for theme in found.themes) < 0.3


def test_what_a_town_says_is_named_by_its_subjects(shared_data: Path) -> None:
    rows = read(shared_data, "american-assembly.bowling-green_comments.csv")
    found = discover_themes(rows["comment-body"].to_list())
    labels = " | ".join(theme.label.casefold() for theme in found.themes)
    for subject in ("traffic", "school", "internet", "affordable rental", "drug"):
        assert subject in labels
    assert not any(label.startswith("theme ") for label in labels.split(" | "))


def test_a_workshop_of_forty_is_enough_for_a_few_themes(shared_data: Path) -> None:
    rows = read(shared_data, "london.youth.policing_comments.csv")
    found = discover_themes(rows["comment-body"].to_list())
    assert 3 <= len(found.themes) <= 9
    assert sum(theme.size for theme in found.themes) == len(rows)
