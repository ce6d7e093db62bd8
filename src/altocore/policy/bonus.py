"""What bars a discount or a bonus: services of the client that are suspended for non-payment, while they are.

How far it reaches, the terms say: to the service that is suspended, or to all that its client has. It bars granting and
nothing else: what was granted before the suspension stands, and pays what comes. A suspension for another reason bars
nothing.

Whatever grants something asks the same question here. Today that is an adjustment of goodwill; a correction is no bonus, for
it gives the client what it should have had.
"""

from typing import assert_never

from altocore.terms.options import NoDiscountScope
from altocore.terms.parts import BonusTerms

__all__ = ["barring"]


def barring(own: int, of_client: int, terms: BonusTerms) -> int:
    """Return how many services bar a bonus.

    Of those that are suspended for non-payment, `own` counts the ones that it is for, `of_client` all that its client has.

    Source: PAY-4, `terms/5.a`.
    """
    scope = terms.no_discount_scope
    match scope:
        case NoDiscountScope.SERVICE:
            return own
        case NoDiscountScope.CLIENT:
            return of_client
        case _:
            assert_never(scope)
