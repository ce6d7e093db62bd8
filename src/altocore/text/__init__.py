"""Words: amounts, dates and explanations in Spanish, English and Portuguese. The only package that knows babel.

Owns how an answer is told. Does not own any answer: it reads facts, and a sentence cannot change one.
Invariant: a message has a code for an id, and its words stand in `catalogues/` and nowhere else.
"""
