from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "folkmoot.themes"
    verbose_name = "Themes"

    def ready(self) -> None:
        from folkmoot.publishing.slots import register_panel
        from folkmoot.themes.panels import consultation_results

        register_panel(
            "consultation-results", "themes/panels/consultation.html", consultation_results
        )
