"""What all documents share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints

from standfirst.kit import instants
from standfirst.kit.canonical import canonical_bytes

Instant = Annotated[
    datetime,
    AfterValidator(instants.utc),
    PlainSerializer(instants.to_text, return_type=str, when_used="json"),
]
"""An aware instant in UTC; RFC 3339 with `Z` in JSON."""

IS_HTML = "inline-html"
"""Marks a field for `standfirst.editions.cleanliness`."""

Html = Annotated[str, StringConstraints(), IS_HTML]
"""Inline HTML that has passed the sanitiser (`standfirst.kit.html.inline`); publishing checks that it has."""

Path = Annotated[str, StringConstraints(pattern=r"^/([^/?#\s]+/)*[^/?#\s]*$", max_length=2000)]
"""An absolute path on the readers' site, percent-decoded, NFC."""

LONGEST_LINK = 2000  # characters
Link = Annotated[
    str, StringConstraints(pattern=r"^(https?://|mailto:|tel:|/$|/[^/\\])", max_length=LONGEST_LINK)
]
"""Where a link leads: http, https, mailto, tel or a path of this site."""


class Part(BaseModel):
    """A piece of a document. Frozen: an edition never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


class Document(Part):
    """A public record's content at one edition. `id` is opaque; `KIND:ID` names the record."""

    schema_version: ClassVar[int] = 1
    kind: str
    id: str

    @property
    def record(self) -> str:
        """Return the record's name, for example `story:01j9…`."""
        return f"{self.kind}:{self.id}"

    def to_json(self) -> dict[str, Any]:
        """Return the document as JSON values."""
        return self.model_dump(mode="json")

    def to_bytes(self) -> bytes:
        """Return the canonical bytes that are stored and hashed."""
        return canonical_bytes(self.to_json())


class Address(Part):
    """Where a record is read, and in which language: the facet `KIND:ID/address`."""

    language: str
    path: Path


class Translated(Document):
    """A record in one language, which may be one of several that say the same.

    Those form a group, named by the id of the record that the others are translations of.
    """

    language: str  # BCP 47; "" in records from before there were languages: the site's first
    path: Path
    translation_of: str = ""  # id of the record of the same kind; "" for the first of its group

    @property
    def group(self) -> str:
        """Return the id that names the group."""
        return self.translation_of or self.id

    @property
    def translations(self) -> str:
        """Return the name of the list that holds the translations of the group, its first record not."""
        return f"translations/{self.kind}/{self.group}"
