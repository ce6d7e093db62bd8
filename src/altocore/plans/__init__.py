"""What passes the one door: documents, plans, what they expect and claim, the overlay that sees them, the guard.

Owns the shape of a change. Does not own storage: a store admits plans through the guard and writes what it admits.
"""
