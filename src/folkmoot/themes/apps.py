from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "folkmoot.themes"
    verbose_name = "Themes"
