from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "folkmoot.consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        from folkmoot.consultations import finding, panels, telling

        panels.register()
        finding.register()
        telling.register()
