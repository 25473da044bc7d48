"""Staff on the readers' site: from the desk by a one-time token to a pass of its own (ARCHITECTURE, idea 15).

The desk and the readers' site are different hosts: no session is shared. A pass lets its holder ask, story by
story, for the link into the editor; it opens nothing else.
"""
