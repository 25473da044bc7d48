"""`standfirst edge-config`: a complete production configuration of what stands in front."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from standfirst.project.cli.common import open_site, site_option


@click.command("edge-config")
@site_option
@click.argument("server", type=click.Choice(["nginx", "caddy"]))
@click.option("--host", help="The readers' host name (the site's base_url).")
@click.option("--desk-host", help="The desk's host name (the site's desk_url).")
@click.option("--edge", default="127.0.0.1:8000", show_default=True, help="Where `serve` answers readers.")
@click.option("--desk", default="127.0.0.1:8001", show_default=True, help="Where `serve` has the desk.")
@click.option("--certificate", default="", help="nginx: the certificate's file (certbot's, for the host).")
@click.option("--private-key", default="", help="nginx: the key's file (certbot's, for the host).")
@click.option(
    "--webroot",
    default="/var/www/letsencrypt",
    show_default=True,
    help="nginx: where certbot writes.",
)
@click.option(
    "--cache", default="/var/cache/standfirst", show_default=True, help="nginx: folder of the cache."
)
@click.option("--for-certificate", is_flag=True, help="nginx: only what the first certificate needs.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
def edge_config(
    site_path: Path,
    server: str,
    host: str | None,
    desk_host: str | None,
    for_certificate: bool,
    out: Path | None,
    **options: str,
) -> None:
    """Print the configuration of nginx or Caddy in front of this site, with TLS."""
    from standfirst.project.front import caddy, nginx
    from standfirst.project.front.plan import FrontError, Plan

    _, config = open_site(site_path)
    try:
        plan = Plan(
            host=host or urlsplit(config.base_url).hostname or "",
            desk_host=desk_host or urlsplit(config.desk_url).hostname or "",
            **options,  # type: ignore[arg-type]  # click gives strings under these names
        )
        if server == "caddy":
            text = caddy.production(plan)
        else:
            text = nginx.for_certificate(plan) if for_certificate else nginx.production(plan)
    except FrontError as error:
        raise click.ClickException(str(error)) from error
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8")


COMMANDS: tuple[click.Command, ...] = (edge_config,)
