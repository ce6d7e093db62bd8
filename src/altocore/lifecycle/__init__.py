"""What may happen to a service: its states, its one table of moves, its events, its agenda.

Owns the table. Does not own when a move is due: that is judged in `policy`.
Invariant: the state of a service is the fold of its events (LIF-8).
"""
