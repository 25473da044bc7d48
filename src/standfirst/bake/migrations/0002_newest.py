from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("bake", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="path",
            name="bake_path_due",
        ),
        migrations.AddField(
            model_name="path",
            name="newest",
            field=models.FloatField(default=0),
        ),
        migrations.AddIndex(
            model_name="path",
            index=models.Index(condition=models.Q(("due", True)), fields=["lane", "-wanted", "-newest"], name="bake_path_due"),
        ),
    ]
