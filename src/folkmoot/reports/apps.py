from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "folkmoot.reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from folkmoot.reports import panels

        panels.register()
