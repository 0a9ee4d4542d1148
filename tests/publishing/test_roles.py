"""Who may do what on a new site, and the approval before publication."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from tests.factories import make_home, make_user
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from folkmoot.publishing.acts import begin_site
from folkmoot.publishing.models import HomePage
from folkmoot.publishing.roles import ANALYSTS, APPROVERS, OFFICERS, WORKFLOW, begin_roles

pytestmark = pytest.mark.django_db

AT = datetime(2021, 11, 1, 12, tzinfo=UTC)


def test_new_site_begins_with_groups_and_an_approval() -> None:
    home = begin_site(AT)
    assert isinstance(home, HomePage)
    assert set(Group.objects.values_list("name", flat=True)) >= {OFFICERS, APPROVERS, ANALYSTS}
    workflow = Page.objects.get(pk=home.pk).get_workflow()
    assert workflow.name == WORKFLOW
    (task,) = workflow.tasks
    assert [group.name for group in task.specific.groups.all()] == [APPROVERS]


@pytest.mark.parametrize(
    ("name", "may_edit", "may_publish"),
    [(OFFICERS, True, False), (APPROVERS, True, True), (ANALYSTS, False, False)],
)
def test_officers_write_and_approvers_publish(name: str, may_edit: bool, may_publish: bool) -> None:
    home = make_home()
    begin_roles()
    user = make_user()
    user.groups.add(Group.objects.get(name=name))
    permissions = home.permissions_for_user(user)
    assert (permissions.can_edit(), permissions.can_publish()) == (may_edit, may_publish)
    assert user.has_perm("wagtailadmin.access_admin")
    assert user.has_perm("plans.change_commitment") is may_edit
    assert user.has_perm("responses.view_response")
    assert user.has_perm("responses.view_monitoringanswer") is (name == ANALYSTS)
    assert not user.has_perm("responses.delete_response")
    assert not user.has_perm("consultations.delete_closingchange")


def test_what_a_body_made_of_its_groups_stays() -> None:
    make_home()
    begin_roles()
    officers = Group.objects.get(name=OFFICERS)
    officers.permissions.clear()
    GroupPagePermission.objects.filter(group=officers).delete()
    Workflow.objects.filter(name=WORKFLOW).update(active=False)
    begin_roles()
    assert not officers.permissions.exists()
    assert not officers.page_permissions.exists()
    assert not Workflow.objects.get(name=WORKFLOW).active


def test_site_that_has_begun_is_left_alone() -> None:
    make_home()
    assert Site.objects.filter(is_default_site=True).exists()
    assert begin_site(AT) is None
    assert not Group.objects.filter(name=OFFICERS).exists()
