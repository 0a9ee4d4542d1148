"""The groups that every site begins with, and the approval that stands before publication.

A body changes them in the admin as it likes: they are set up once, and left alone afterwards.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

OFFICERS = "Policy officers"
APPROVERS = "Approvers"
ANALYSTS = "Analysts"
WORKFLOW = "Approval before publication"

ADMIN = Q(content_type__app_label="wagtailadmin", codename="access_admin")
# Rooms are named by their label: this room knows none of them.
WRITES = (
    ADMIN
    | Q(content_type__app_label__in=["plans", "workshops", "decisions"])
    | Q(
        content_type__app_label="consultations",
        content_type__model__in=["topic", "preelectionperiod"],
    )
    # Opens batches of paper forms, keys them, and settles what two people typed differently.
    | Q(
        content_type__app_label="responses",
        codename__in=["add_batch", "add_keying", "change_paperform"],
    )
    # Brings responses in, from files, letters and e-mails; undoes what was imported.
    | Q(
        content_type__app_label="responses",
        codename__in=["add_importrun", "change_importrun", "add_letterdraft"],
    )
    # Says what lies behind a figure, and what was read of a measure that is not counted.
    | Q(
        content_type__app_label="performance",
        codename__in=["add_commentary", "add_evidence"],
    )
    # Imports the population that respondents are compared with.
    | Q(content_type__app_label="themes", codename="add_populationtable")
    | Q(
        content_type__app_label="publishing",
        content_type__model__in=[
            "supportorganisation",
            "recording",
            "documentversion",
            "documentformat",
            "following",
        ],
    )
    | Q(
        content_type__app_label="responses",
        codename__in=[
            "view_response",
            "change_response",
            "change_answerreview",
            "change_publishing",
            "add_export",
        ],
    )
)
# What cannot be taken back is for those who answer for it.
APPROVES = Q(
    content_type__app_label="responses",
    codename__in=["add_erasure", "view_erasure", "change_retentionperiod"],
) | Q(content_type__app_label="performance", codename="review_evidence")
ANALYSES = (
    ADMIN
    | Q(content_type__app_label__in=["themes", "performance"])
    | Q(content_type__app_label="responses", codename__startswith="view_")
    | Q(content_type__app_label="responses", codename="add_export")
)
PAGES = {
    OFFICERS: ("add_page", "change_page"),
    APPROVERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILES = (
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
)


def begin_roles() -> None:
    """Set up the groups and the approval for the pages of the default site.

    A group or an approval that there is already, by its name, is left as it is. Needs the
    permissions of every app, which exist once all migrations have run.
    """
    home = Site.objects.get(is_default_site=True).root_page
    with transaction.atomic():
        for name, permissions in (
            (OFFICERS, WRITES),
            (APPROVERS, WRITES | APPROVES),
            (ANALYSTS, ANALYSES),
        ):
            group, is_new = Group.objects.get_or_create(name=name)
            if not is_new:
                continue
            group.permissions.set(Permission.objects.filter(permissions))
            for codename in PAGES.get(name, ()):
                permission = _permission("wagtailcore", codename)
                GroupPagePermission.objects.create(group=group, page=home, permission=permission)
            for app, codename in FILES if name in PAGES else ():
                GroupCollectionPermission.objects.create(
                    group=group,
                    collection=Collection.get_first_root_node(),
                    permission=_permission(app, codename),
                )
        _begin_approval(home)


def _begin_approval(home: Page) -> None:
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    task = GroupApprovalTask.objects.create(name="Approval by an approver")
    task.groups.set(Group.objects.filter(name=APPROVERS))
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
