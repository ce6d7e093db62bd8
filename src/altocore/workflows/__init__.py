"""Deeds: load, plan, commit. One small module each.

Owns which facts a judgement is given, and what its answer makes happen. Does not own the judgement, nor storage.
A `plan_*` function is pure: the same case gives the same plan.
"""
