"""The authenticated API of the wire, behind the readers' host at `/-/api/v1/`: for chat bots and other wires."""
