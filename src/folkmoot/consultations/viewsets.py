"""Records of consultations in the admin that are no pages."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from folkmoot.consultations.models import PreElectionPeriod


class PreElectionPeriodViewSet(SnippetViewSet):
    """The days before elections, of which the editor of a consultation is warned."""

    model = PreElectionPeriod
    icon = "calendar-alt"
    menu_label = "Pre-election periods"
    list_display = ["title", "starts_on", "ends_on"]
    search_fields = ["title"]
    ordering = ["-starts_on"]
    copy_view_enabled = False
