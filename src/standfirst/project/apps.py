from django.apps import AppConfig
from django.conf import settings

from standfirst.project import config as site_config


class ProjectConfig(AppConfig):
    name = "standfirst.project"
    label = "project"

    def ready(self) -> None:
        site_config.use_bus(settings.STANDFIRST_SITE, settings.STANDFIRST)
