"""An editor gives the dashboard its maps; a file that cannot be used changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import make_area, make_dashboard, make_plan, make_user
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from folkmoot.performance.models import Dashboard

pytestmark = pytest.mark.django_db
LAYOUT = b"code,name,column,row\nE-barnet,Brn,4,2\n"
SQUARES = [{"code": "E-barnet", "name": "Brn", "column": 4, "row": 2}]
RING = [[0, 51], [0.1, 51], [0.1, 51.1], [0, 51]]
BARNET = {
    "properties": {"name": "BARNET"},
    "geometry": {"type": "Polygon", "coordinates": [RING]},
}
BOUNDARIES = json.dumps({"features": [BARNET]}).encode()


@pytest.fixture
def board() -> Dashboard:
    make_area("Barnet", "borough")
    return make_dashboard(make_plan())


def save(client: Client, board: Dashboard, **given: Any) -> Any:
    """Save the dashboard as a draft in the page editor, with what was given."""
    client.force_login(make_user(is_superuser=True))
    address = reverse("wagtailadmin_pages:edit", args=[board.pk])
    form = nested_form_data(
        {
            "title": board.title,
            "slug": board.slug,
            "summary": "",
            "statutory_plan": board.statutory_plan_id,
            "comments": inline_formset([]),
        }
    )
    files = {
        name: SimpleUploadedFile("map.txt", content)
        for name, content in given.items()
        if isinstance(content, bytes)
    }
    ticked = {name: "on" for name, value in given.items() if value is True}
    return client.post(address, form | ticked | files)


def latest(board: Dashboard) -> Dashboard:
    page = Dashboard.objects.get(pk=board.pk).get_latest_revision_as_object()
    assert isinstance(page, Dashboard)
    return page


def test_files_that_are_given_are_the_maps(client: Client, board: Dashboard) -> None:
    assert save(client, board, tiles_file=LAYOUT, outlines_file=BOUNDARIES).status_code == 302
    assert latest(board).tiles == SQUARES
    assert list(latest(board).outlines["areas"]) == ["E-barnet"]


def test_without_a_file_the_maps_stay(client: Client, board: Dashboard) -> None:
    save(client, board, tiles_file=LAYOUT)
    save(client, board)
    assert latest(board).tiles == SQUARES


def test_a_map_is_taken_away_by_a_tick(client: Client, board: Dashboard) -> None:
    save(client, board, tiles_file=LAYOUT, outlines_file=BOUNDARIES)
    save(client, board, without_tiles=True, without_outlines=True)
    assert (latest(board).tiles, latest(board).outlines) == ([], {})


@pytest.mark.parametrize(
    ("field", "content", "message"),
    [
        ("tiles_file", b"code,name,column,row\nE-barnet,Brn,0,2\n", "Line 2 of the layout"),
        ("outlines_file", b"{", "GeoJSON FeatureCollection"),
        ("outlines_file", b" " * 4_000_001, "larger than 4 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_field(
    client: Client, board: Dashboard, field: str, content: bytes, message: str
) -> None:
    save(client, board, tiles_file=LAYOUT)
    response = save(client, board, **{field: content})
    assert response.status_code == 200
    assert message in str(response.context["form"].errors[field])
    assert latest(board).tiles == SQUARES
