from django.apps import AppConfig


class WireConfig(AppConfig):
    name = "standfirst.wire"
    label = "wire"
    default = True

    def ready(self) -> None:
        from standfirst.wire import hooks

        hooks.register()
