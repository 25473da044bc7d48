"""A story's body: the editor's blocks, and their way to the public blocks and back."""
