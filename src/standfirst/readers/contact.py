"""Tips and contact: the form by which anybody writes to the newsroom, and what becomes of what it brings."""

from __future__ import annotations

from standfirst.edge.forms import Field, Form

NAME = "contact"
SUBJECTS = ("tip", "correction", "other")

FORM = Form(
    fields=(
        Field("subject", 20, required=True, choices=SUBJECTS),
        Field("message", 5000, required=True, lines=True),
        Field("name", 200),
        Field("answer_to", 200),
    ),
    trap="website",
)
