"""What is owed: lines, taxes, invoices, their standing and timeline, settlement, the ledger and its posting table.

Owns amounts and their accounts. Does not own whether something may be billed: that is judged in `policy`.
Invariants: an issued invoice is never edited (PAY-12); every posting sums to zero; a line is rounded once.
"""
