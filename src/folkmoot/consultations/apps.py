from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "folkmoot.consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        from folkmoot.consultations import finding, panels, personal, telling

        panels.register()
        finding.register()
        personal.register()
        telling.register()
