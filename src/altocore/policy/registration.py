"""May this client be registered? Its e-mail must be its own, and it must have signed up itself.

Signing up is free: nothing is asked but data. A client of another system, whose contract is taken over, signed up there, so
whoever takes it in may be anybody; its e-mail must be its own here all the same.
"""

from enum import StrEnum, unique
from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.currencies import Currency

__all__ = [
    "REGISTRATION",
    "Origin",
    "RegistrationAccepted",
    "RegistrationFacts",
    "RegistrationRefused",
    "decide_registration",
]


@final
@unique
class Origin(StrEnum):
    """Where a client signed up: here, or with another system from which it is taken over."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


@final
@frozen(kw_only=True)
class RegistrationFacts:
    """Who registers it, where it signed up, how many other clients have its e-mail, 0 or 1, and its currency."""

    actor: Actor = field()
    origin: Origin = field()
    others: int = field()
    currency: Currency = field()


@final
@frozen(kw_only=True)
class RegistrationAccepted:
    """It is a client, billed in `currency`."""

    currency: Currency = field()


@final
@frozen(kw_only=True)
class RegistrationRefused:
    """It is no client, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


RegistrationAnswer: TypeAlias = RegistrationAccepted | RegistrationRefused


CHECKS: Final[tuple[Check[RegistrationFacts, None], ...]] = (
    Check(
        rule="CLI-1",
        clauses=(Clause("manual/transfer"),),
        why=Why.EMAIL_TAKEN,
        fires=lambda facts, _: facts.others > 0,
    ),
    Check(
        rule="CLI-5",
        clauses=(HOUSE,),
        why=Why.NOT_BY_CLIENT,
        fires=lambda facts, _: facts.origin is Origin.HERE and facts.actor is not Actor.CLIENT,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
)

GROUNDS: Final[tuple[Ground[RegistrationFacts, None], ...]] = (
    Ground(rule="CLI-1", clauses=(Clause("manual/transfer"),), holds=lambda _facts, _terms: True),
    Ground(rule="CLI-5", clauses=(HOUSE,), holds=lambda facts, _: facts.origin is Origin.HERE),
    Ground(
        rule="CLI-8",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("currency", facts.currency.code),),
    ),
)


def decide_registration(facts: RegistrationFacts, _terms: None) -> RegistrationAnswer:
    """Return that it is a client now, or every reason why it is none.

    Source: CLI-1, `manual/transfer`; CLI-5, CLI-8, house.
    """
    reasons = fired(CHECKS, facts, None)
    return RegistrationRefused(reasons=reasons) if reasons else RegistrationAccepted(currency=facts.currency)


REGISTRATION: Final = Judgement(name="registration", checks=CHECKS, grounds=GROUNDS, decide=decide_registration)
