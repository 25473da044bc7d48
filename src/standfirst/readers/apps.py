from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ReadersConfig(AppConfig):
    name = "standfirst.readers"
    label = "readers"
    default = True

    def ready(self) -> None:
        from standfirst.readers import hooks

        hooks.register()


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user management, with our user model's fields."""

    default = False
    user_viewset = "standfirst.readers.desk.UserViewSet"
