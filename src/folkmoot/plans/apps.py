from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "folkmoot.plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        from folkmoot.plans import news, panels

        panels.register()
        news.register()
