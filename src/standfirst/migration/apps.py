from django.apps import AppConfig


class MigrationConfig(AppConfig):
    name = "standfirst.migration"
    label = "migration"
