"""Pictures: the library at the desk, and what readers get of it.

A picture is derived once into content-addressed files that carry its credit and rights inside. What is
published no longer depends on the library: deleting a picture there leaves published pages as they are.
"""
