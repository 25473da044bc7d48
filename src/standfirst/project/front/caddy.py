"""Caddy in front of the edge, for production. It has no cache of its own: the edge answers from memory."""

from __future__ import annotations

from standfirst.edge import fallback
from standfirst.project.front.plan import Plan, fill


def production(plan: Plan) -> str:
    """Return the whole Caddyfile; certificates, HTTP/2 and the way from http to https are Caddy's own."""
    away = fallback.page(503).decode().strip().replace("\n", "")
    return fill(
        "Caddyfile", host=plan.host, desk_host=plan.desk_host, edge=plan.edge, desk=plan.desk, away=away
    )
