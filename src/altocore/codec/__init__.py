"""Documents as text and back: canonical JSON for stores, TOML for terms; strict, versioned, compiled once.

Owns how a document is written down. Does not own where: that is a store's. Nothing is coerced: what is not exactly right
is refused, and a refusal never repeats what it refused.
"""
