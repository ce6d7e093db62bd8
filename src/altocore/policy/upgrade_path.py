"""May this plan be upgraded to that one by itself? It may where the plan lists it; any other way leads through a person.

What the upgrade would cost, and whether the service may be upgraded today, are questions of their own.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.catalogue.plans import PlanEdition
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.ids import PlanId

__all__ = ["UPGRADE_PATH", "UpgradeListed", "UpgradeNotListed", "UpgradePathFacts", "decide_upgrade_path"]


@final
@frozen(kw_only=True)
class UpgradePathFacts:
    """The edition of the plan that runs, and the plan that is wanted."""

    plan: PlanEdition = field()
    target: PlanId = field()


@final
@frozen(kw_only=True)
class UpgradeListed:
    """The plan leads there by itself, under this category."""

    category: str = field()


@final
@frozen(kw_only=True)
class UpgradeNotListed:
    """It does not: the account executive or a ticket is the way."""

    reasons: tuple[Reason, ...] = field()


UpgradePathAnswer: TypeAlias = UpgradeListed | UpgradeNotListed


def _category(facts: UpgradePathFacts) -> str:
    """Return the category of the target; empty where it is not listed, for a category is never blank."""
    return facts.plan.upgrade_category(facts.target) or ""


def _path(facts: UpgradePathFacts, _terms: None) -> Cited:
    return (("plan", facts.plan.plan), ("target", facts.target))


CHECKS: Final[tuple[Check[UpgradePathFacts, None], ...]] = (
    Check(
        rule="CAT-5",
        clauses=(Clause("manual/upgrade"),),
        why=Why.UPGRADE_NOT_LISTED,
        fires=lambda facts, _: not _category(facts),
        cites=_path,
    ),
)

GROUNDS: Final[tuple[Ground[UpgradePathFacts, None], ...]] = (
    Ground(
        rule="CAT-5",
        clauses=(Clause("manual/upgrade"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (*_path(facts, terms), ("category", _category(facts))),
    ),
)


def decide_upgrade_path(facts: UpgradePathFacts, _terms: None) -> UpgradePathAnswer:
    """Return the category under which the plan leads to the target, or the refusal that names the way.

    Source: CAT-5, `manual/upgrade`.
    """
    reasons = fired(CHECKS, facts, None)
    if reasons:
        return UpgradeNotListed(reasons=reasons)
    return UpgradeListed(category=_category(facts))


UPGRADE_PATH: Final = Judgement(name="upgrade_path", checks=CHECKS, grounds=GROUNDS, decide=decide_upgrade_path)
