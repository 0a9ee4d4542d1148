"""Areas that a measure is given for are areas that figures are published for."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.factories import make_area, make_measure, make_plan

pytestmark = pytest.mark.django_db


def test_an_area_that_no_release_has_is_refused_by_name() -> None:
    make_area()
    measure = make_measure(make_plan(), areas="London\nAtlantis")
    with pytest.raises(ValidationError) as refused:
        measure.full_clean()
    assert "No release has figures for “Atlantis”" in refused.value.message_dict["areas"][0]


def test_an_area_is_known_by_its_name_its_code_or_its_address() -> None:
    area = make_area("Barking and Dagenham", "borough")
    names = f"barking AND dagenham\n{area.code}\n\n{area.slug}"
    make_measure(make_plan(), areas=names).full_clean()


def test_before_the_first_import_no_area_can_be_wrong() -> None:
    make_measure(make_plan(), areas="Atlantis").full_clean()
