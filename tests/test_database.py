"""The test database itself."""

from __future__ import annotations


def test_what_migrations_made_is_there_after_tests_that_commit(django_db_setup, django_db_blocker):
    """Without a mark for the database, so that it comes after all tests that have one."""
    from django.contrib.auth.models import Group
    from wagtail.models import Collection, Page, Site

    with django_db_blocker.unblock():
        assert Group.objects.exists()
        assert Site.objects.filter(is_default_site=True).exists()
        assert Collection.get_first_root_node() is not None
        assert Page.get_first_root_node() is not None
