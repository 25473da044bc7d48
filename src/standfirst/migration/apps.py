from django.apps import AppConfig


class MigrationConfig(AppConfig):
    name = "standfirst.migration"
    label = "migration"

    def ready(self) -> None:
        from standfirst.editions.api import erasers
        from standfirst.migration.erasing import erase_from_ledgers

        erasers.add("imports", erase_from_ledgers)
