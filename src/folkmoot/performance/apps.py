from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "folkmoot.performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        from folkmoot.performance import panels

        panels.register()
