"""What stands in front of the edge: nginx beside it under `serve`, nginx or Caddy in production.

One text serves both: `shared.conf` and `readers.conf` are what `serve` runs, what `edge-config` prints and
what the contract's tests drive. Why they are as they are: docs/decisions/edge-nginx-in-front.md.
"""
