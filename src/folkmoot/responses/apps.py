from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class ResponsesConfig(AppConfig):
    name = "folkmoot.responses"
    verbose_name = "Responses"

    def ready(self) -> None:
        from folkmoot.consultations.intake import open_register
        from folkmoot.publishing.schedule import register_job
        from folkmoot.responses import checklist, panels
        from folkmoot.responses.acts import RegisterOfResponses, erase_due

        panels.register()
        checklist.register()
        open_register(RegisterOfResponses())
        if settings.FOLKMOOT_ERASE_DUE:
            register_job("responses: erase what is due", timedelta(days=1), erase_due)
