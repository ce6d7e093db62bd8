"""Who buys: the client, its legal data, its currency, its language.

Owns what is known of a client. Personal fields are never in `repr` (CLI-7).
"""
