from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "folkmoot.responses"
    verbose_name = "Responses"
