from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "folkmoot.decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from folkmoot.decisions import panels

        panels.register()
