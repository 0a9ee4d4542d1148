from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.factories import make_home

from folkmoot.publishing.models import SiteSettings, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SiteSettings:
    return SiteSettings.for_site(make_home().get_site())


def test_usual_colours_need_no_stylesheet_of_their_own(site):
    site.full_clean()
    assert site.brand_address == ""


@pytest.mark.parametrize("name", ["brand", "brand_deep", "link_colour"])
def test_colour_too_pale_for_white_letters_is_refused_with_its_contrast(site, name):
    setattr(site, name, "#4fb3bb")
    with pytest.raises(ValidationError) as refusal:
        site.full_clean()
    assert list(refusal.value.message_dict) == [name]
    (sentence,) = refusal.value.message_dict[name]
    assert "#4fb3bb is too pale: its contrast with white is 2.5 to 1" in sentence
    assert "Choose a darker colour." in sentence


def test_darkest_refused_and_palest_accepted_grey_stand_at_four_and_a_half(site):
    site.brand = "#767676"  # 4.54 to 1, the well-known limit
    site.full_clean()
    site.brand = "#777777"  # 4.48 to 1
    with pytest.raises(ValidationError):
        site.full_clean()


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "#1234567", "url(x)"])
def test_what_is_no_colour_is_refused_with_an_example(site, colour):
    site.brand = colour
    with pytest.raises(ValidationError) as refusal:
        site.full_clean()
    assert "brand" in refusal.value.message_dict


def test_address_of_the_colours_changes_with_any_of_them(site):
    addresses = set()
    for name in ("brand", "brand_deep", "link_colour"):
        setattr(site, name, "#5b1a6b")
        addresses.add(site.brand_address)
    assert len(addresses) == 3


def test_foot_links_to_published_pages_only(site):
    privacy = StandardPage(title="Privacy notice", slug="privacy")
    draft = StandardPage(title="Contact", slug="contact", live=False)
    for page in (privacy, draft):
        make_home().add_child(instance=page)
    site.privacy_page, site.contact_page = privacy, draft
    assert site.footer_links == [{"title": "Privacy notice", "url": "/privacy/"}]


def test_one_home_page_is_enough():
    assert not type(make_home()).can_create_at(make_home().get_parent())
