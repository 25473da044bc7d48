"""The words that belong to a picture and go inside its files. Pure: no models, no pixels."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from standfirst.editions.documents import Credit
from standfirst.kit.canonical import canonical_bytes, digest


@dataclass(frozen=True, slots=True)
class Words:
    """What every derived file says about the picture.

    The caption is not among them: a story may have left a name out of it on purpose (docs/decisions).
    """

    media: str  # the media record's id; also makes each picture's files its own
    photographer: str = ""
    agencies: tuple[str, ...] = ()
    note: str = ""
    copyright: str = ""
    licence: str = ""
    licence_ends_on: str = ""  # YYYY-MM-DD, in UTC
    alt: str = ""
    taken_on: str = ""
    place: str = ""

    @property
    def credit_line(self) -> str:
        """Return `Name / Agency via Agency`."""
        return Credit(photographer=self.photographer, agencies=self.agencies).line()

    @property
    def source(self) -> str:
        """Return the first owner: the nearest agency, else the photographer (IPTC: Source)."""
        return self.agencies[0] if self.agencies else self.photographer

    @property
    def copyright_notice(self) -> str:
        """Return the notice, made from the credit where none is given."""
        line = self.copyright or self.credit_line
        return line if not line or line.startswith(("©", "(c)", "(C)", "Copyright")) else f"© {line}"

    @property
    def usage_terms(self) -> str:
        """Return the licence with its end."""
        if not self.licence_ends_on:
            return self.licence
        return f"{self.licence}; until {self.licence_ends_on}".removeprefix("; ")

    @property
    def hash(self) -> str:
        """Return what changes when any word does."""
        return digest(canonical_bytes(asdict(self)))
