"""The register of responses joins the admin's menu, and its permissions those a group can get."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from folkmoot.responses.viewsets import ResponseViewSet


@hooks.register("register_admin_viewset")
def register_responses() -> ResponseViewSet:
    return ResponseViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="responses",
        codename__in=["view_response", "view_monitoringanswer"],
    )
