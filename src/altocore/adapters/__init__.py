"""Adapters: the ports, carried out. Each is certified by a check of `altocore.testing`; heavy ones come behind extras.

Owns how things are kept and sent. Does not own what may happen: a store asks the guard of `plans`.
"""
