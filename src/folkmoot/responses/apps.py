from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "folkmoot.responses"
    verbose_name = "Responses"

    def ready(self) -> None:
        from folkmoot.responses import panels

        panels.register()
