from django.apps import AppConfig


class BakeConfig(AppConfig):
    name = "standfirst.bake"
    label = "bake"
