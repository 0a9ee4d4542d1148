from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "folkmoot.responses"
    verbose_name = "Responses"

    def ready(self) -> None:
        from folkmoot.consultations.intake import open_register
        from folkmoot.responses import panels
        from folkmoot.responses.acts import RegisterOfResponses

        panels.register()
        open_register(RegisterOfResponses())
