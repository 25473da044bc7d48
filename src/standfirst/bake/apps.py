from django.apps import AppConfig


class BakeConfig(AppConfig):
    name = "standfirst.bake"
    label = "bake"

    def ready(self) -> None:
        from standfirst.bake.purges import Sender
        from standfirst.kit.chores import Chore, chores

        chores.add("purges", Chore(0.0, Sender()))
