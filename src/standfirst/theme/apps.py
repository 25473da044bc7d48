from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "standfirst.theme"
    label = "theme"

    def ready(self) -> None:
        from standfirst.theme import hooks

        hooks.register()
