from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoriesConfig(AppConfig):
    name = "standfirst.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from standfirst.bake.registry import blob_holders
        from standfirst.editions.api import erasers, tables_of_words
        from standfirst.stories import bookkeeping, groups, signals
        from standfirst.stories.actions import taking_down
        from standfirst.stories.pictures import api as pictures

        signals.connect()
        erasers.add("stories", taking_down.erase_from_desk)
        erasers.add("pictures", pictures.eraser)
        erasers.add("search", bookkeeping.forget_words)
        tables_of_words.add("stories", taking_down.tables_of_words())
        blob_holders.add("pictures", pictures.held_blobs)
        post_migrate.connect(groups.make_groups, sender=self, dispatch_uid="standfirst.groups")
