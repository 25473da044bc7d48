"""Commands about the tokens of the API: create, list, revoke."""

from __future__ import annotations

from pathlib import Path

import click

from standfirst.kit.instants import to_text
from standfirst.project.cli.common import actor, json_option, print_json, site_option, with_django


@click.group()
def token() -> None:
    """Tokens of programs that write the news feed."""


@token.command("create")
@site_option
@json_option
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar="SCOPE",
    help="What it may do: items:read, items:write, items:publish or items:kill; may be repeated.",
)  # fmt: skip
@click.option("--days", default=365, help="For how many days it is good (365, and no more).")
@click.argument("name")
def create(site_path: Path, as_json: bool, scopes: tuple[str, ...], days: int, name: str) -> None:
    """Make a token for the program NAME and print it, this once."""
    with_django(site_path)
    from standfirst.wire.api_v1 import tokens

    try:
        row, secret = tokens.issue(name, scopes, days=days, actor=actor())
    except tokens.TokenRefused as refusal:
        raise click.UsageError(str(refusal)) from refusal
    if as_json:
        print_json({"id": row.pk, "token": secret, "expires_at": to_text(row.expires_at)})
        return
    click.echo(secret)
    click.echo(f"Number {row.pk}, good until {row.expires_at:%Y-%m-%d}. It is shown this once.", err=True)


@token.command("list")
@site_option
@json_option
def list_(site_path: Path, as_json: bool) -> None:
    """List the tokens, those that count no more included."""
    with_django(site_path)
    from standfirst.kit import instants
    from standfirst.wire.models import Token

    for row in Token.objects.all():
        counts = row.counts(instants.now())
        state = "counts" if counts else "revoked" if row.revoked_at else "expired"
        used = to_text(row.last_used_at) if row.last_used_at else None
        if as_json:
            print_json(
                {
                    "id": row.pk, "name": row.name, "scopes": row.scope_names, "state": state,
                    "ends_with": row.hint, "expires_at": to_text(row.expires_at), "last_used_at": used,
                }
            )  # fmt: skip
            continue
        click.echo(f"{row.pk:>4}  {state:<8}{row.name}  sf_…{row.hint}  {row.scopes}")
        click.echo(f"      until {row.expires_at:%Y-%m-%d}, last used {used or 'never'}, by {row.created_by}")


@token.command("revoke")
@site_option
@json_option
@click.argument("number", type=int)
def revoke(site_path: Path, as_json: bool, number: int) -> None:
    """Let the token of this NUMBER (see `token list`) in no more."""
    with_django(site_path)
    from standfirst.wire.api_v1 import tokens
    from standfirst.wire.models import Token

    row = Token.objects.filter(pk=number).first()
    if row is None:
        raise click.ClickException(f"There is no token {number}; see `standfirst token list`.")
    done = tokens.revoke(row, actor=actor())
    if as_json:
        print_json({"id": row.pk, "name": row.name, "revoked": done})
    else:
        click.echo(f"{row.name} is let in no more." if done else f"{row.name} was revoked before.")


COMMANDS: tuple[click.Command, ...] = (token,)
