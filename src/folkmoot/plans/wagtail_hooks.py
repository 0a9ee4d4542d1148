"""The plan joins the admin's menu."""

from wagtail.snippets.models import register_snippet

from folkmoot.plans.viewsets import PlanGroup

register_snippet(PlanGroup)
