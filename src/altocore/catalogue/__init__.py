"""What is sold: product kinds, plans and their prices by cycle and currency.

Owns names and prices. Does not own which of them a client may take: that is judged in `policy`.
"""
