from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "folkmoot.workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        from folkmoot.workshops import jobs, panels

        panels.register()
        jobs.register()
