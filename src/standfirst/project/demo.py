"""`make demo`: a newsroom to look at, in the folder `demo/`, made at the first start and kept."""

from __future__ import annotations

import secrets
import shutil
import sys
import time
from pathlib import Path

import click

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project import database, supervisor

EDITOR = "editor@example.org"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("archive", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", default=8000, help="Port for readers; the desk is on the next one.")
@click.option("--live", is_flag=True, help="Open pages load again by themselves when the look changes.")
@click.option(
    "--nginx/--no-nginx", default=True, help="Whether nginx stands in front, where it is installed."
)
def main(folder: Path, archive: Path, port: int, live: bool, nginx: bool) -> None:
    """Start the demo newsroom; make it from ARCHIVE first where FOLDER does not hold it yet."""
    site = SiteFolder(folder.resolve())
    base, desk = f"http://localhost:{port}", f"http://localhost:{port + 1}"
    if not (site.root / "ready").exists():
        _make(site, archive, base, desk)
    site.config.write_text(f'base_url = "{base}"\ndesk_url = "{desk}"\n', "utf-8")
    database.prepare(site, site_config.load(site), click.echo)
    watch = supervisor.Supervisor(site, "127.0.0.1", port, port + 1, 1, click.echo, live, nginx)
    try:
        watch.start()
    except supervisor.PortTaken as error:
        raise click.ClickException(str(error)) from error
    password = (site.root / "sign-in.txt").read_text("utf-8").strip()
    click.echo(
        f"\n  Readers   {base}/\n"
        f"            answered by {watch.front}\n"
        f"  Desk      {desk}/  (ready in a few seconds)\n"
        f"            sign in as {EDITOR} with the password {password}\n\n"
        "  Ctrl-C stops everything. The newsroom stays in the folder "
        f"{folder}; delete it to start afresh.\n"
    )
    sys.stdout.flush()
    watch.watch()
    click.echo("Stopped.")


def _make(site: SiteFolder, archive: Path, base: str, desk: str) -> None:
    """Make the demo site. A first start that was broken off is thrown away and begun again."""
    from standfirst.project import setup
    from standfirst.project.cli.common import progress_line

    started = time.monotonic()
    if site.root.exists():
        shutil.rmtree(site.root)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    click.echo("Making the demo newsroom; this happens once.")
    plan = setup.Plan(
        name="Demo", languages=("en",), zone="UTC", accent="#8a1c1c", accent_dark="#e08a7a",
        base_url=base, desk_url=desk, admin=EDITOR, password=password,
    )  # fmt: skip
    setup.make_site(site, plan, say=click.echo)
    with open(site.root / "sign-in.txt", "x", opener=site_config.private, encoding="utf-8") as file:
        file.write(password + "\n")
    from standfirst.archive import api as archive_api
    from standfirst.bake import api as bake

    click.echo("Loading its stories and pictures")
    report = archive_api.load(archive, actor="system:demo", progress=progress_line)
    click.echo(str(report))
    click.echo("Baking its pages")
    click.echo(str(bake.run_until_idle(site)))
    (site.root / "ready").touch()
    click.echo(f"Made in {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
