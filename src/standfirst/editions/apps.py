from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "standfirst.editions"
    label = "editions"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from standfirst.bake.registry import set_source
        from standfirst.editions import triggers
        from standfirst.editions.source import EditionSource

        pre_migrate.connect(triggers.before_migrate, sender=self, dispatch_uid="editions-triggers")
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="editions-triggers")
        set_source(EditionSource())
