"""Scalars and their algebra: money, rounding, allocation, days, instants, periods, anchors, ids, the provider.

Owns what a value may be. Does not own any rule of the contract. Time, ids and randomness come in as arguments.
"""
