from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    name = "standfirst.syndication"
    label = "syndication"

    def ready(self) -> None:
        from standfirst.syndication import hooks

        hooks.register()
