from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "standfirst.editions"
    label = "editions"
