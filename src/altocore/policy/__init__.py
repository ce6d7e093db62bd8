"""Every judgement, one module each: facts in, answer out, with the table that gave it.

Owns what is allowed, when, and how much. Does not own loading facts or storing answers. Nothing here knows an id.
"""
