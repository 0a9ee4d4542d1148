from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "folkmoot.plans"
    verbose_name = "Plans"
