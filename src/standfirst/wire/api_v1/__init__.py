"""The API of the wire at `/-/api/v1/` on the readers' host: for chat bots and other wires."""
