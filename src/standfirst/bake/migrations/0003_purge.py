
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("bake", "0002_newest"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("what", models.TextField(primary_key=True, serialize=False)),
                ("asked", models.BigIntegerField(default=1)),
                ("segment", models.BigIntegerField()),
                ("urgent", models.BooleanField(default=False)),
                ("tries", models.IntegerField(default=0)),
                ("next_try", models.FloatField(default=0)),
                ("error", models.TextField(default="")),
                ("since", models.FloatField()),
            ],
            options={
                "indexes": [models.Index(fields=["-urgent", "since"], name="bake_purge_order")],
            },
        ),
    ]
