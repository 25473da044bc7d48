from django.apps import AppConfig


class WireConfig(AppConfig):
    name = "standfirst.wire"
    label = "wire"
    default = True
