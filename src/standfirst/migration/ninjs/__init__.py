"""IPTC ninjs ("News in JSON") 2.x and 3.x: a wire's items become stories."""

from standfirst.migration.ninjs.run import Options, run

__all__ = ["Options", "run"]
