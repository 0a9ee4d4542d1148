from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "folkmoot.themes"
    verbose_name = "Themes"

    def ready(self) -> None:
        from folkmoot.publishing.slots import register_panel
        from folkmoot.publishing.visibility import register_hidden
        from folkmoot.themes import jobs, personal
        from folkmoot.themes.embargo import results_to_come
        from folkmoot.themes.panels import consultation_results, who_we_heard_from

        register_panel(
            "consultation-results",
            "themes/panels/consultation.html",
            consultation_results,
            keep=True,
        )
        register_panel("consultation-who", "themes/panels/who.html", who_we_heard_from, keep=True)
        register_hidden(results_to_come)
        personal.register()
        jobs.register()
