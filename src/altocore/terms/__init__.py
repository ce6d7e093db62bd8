"""What the contract says: clauses, reasons, checks and judgements, machines, options, `Terms` in parts, editions.

Owns the vocabulary in which a rule is written. Does not own any rule: those are the tables of `policy`.
Invariant: every field of `Terms` has its clause, and a rule reads it.
"""
