from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "standfirst.project"
    label = "project"
