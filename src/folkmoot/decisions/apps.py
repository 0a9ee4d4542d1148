from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "folkmoot.decisions"
    verbose_name = "Decisions"
