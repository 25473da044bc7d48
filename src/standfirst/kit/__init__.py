"""Small tools with no newsroom words in them: instants, ids, canonical bytes, the gates."""
