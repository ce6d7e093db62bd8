"""What is sold: product kinds, plans with their items, add-ons and bundles, prices by cycle and currency, editions by day.

Owns names and prices, and what fits together. Does not own which of them a client may take: that is judged in `policy`.
"""
