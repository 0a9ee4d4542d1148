from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "folkmoot.accounts"
    verbose_name = "People and audit"
