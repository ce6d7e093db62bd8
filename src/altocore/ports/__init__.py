"""Protocols only: what altocore asks of the outside. Each has a memory twin and a check in `altocore.testing`."""
