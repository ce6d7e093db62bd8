"""May this plan be upgraded to that one by itself? CAT-5, for listed plans and any other."""

from hypothesis import given

from altocore.catalogue.plans import PlanEdition, UpgradeGroup
from altocore.policy.upgrade_path import UPGRADE_PATH, UpgradeListed, UpgradePathFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import upgrade_path_facts
from altocore.values.ids import PlanId
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of


def leading() -> PlanEdition:
    """Return a plan that leads to a server."""
    return cast.plan(upgrades=(UpgradeGroup(category="servers", plans=(PlanId("vps"),)),))


def test_the_table() -> None:
    """CAT-5: the rows, their clauses and their codes."""
    assert checks_of(UPGRADE_PATH) == (("CAT-5", "manual/upgrade", "upgrade_not_listed"),)
    assert grounds_of(UPGRADE_PATH) == (("CAT-5", "manual/upgrade"),)
    assert UPGRADE_PATH.name == "upgrade_path"


def test_a_listed_plan_is_reached_by_itself() -> None:
    """CAT-5: with the category under which it is listed."""
    asked = UpgradePathFacts(plan=leading(), target=PlanId("vps"))
    assert judges_alike(UPGRADE_PATH, asked, None) == UpgradeListed(category="servers")
    cited = (("plan", "cloud"), ("target", "vps"), ("category", "servers"))
    assert holding(UPGRADE_PATH, asked, None) == {0: cited}


def test_any_other_plan_is_not() -> None:
    """CAT-5: the refusal cites both plans; its words name the account executive and the ticket."""
    for target in ("dedicated", "cloud"):
        asked = UpgradePathFacts(plan=leading(), target=PlanId(target))
        reason = fires_alone(UPGRADE_PATH, Why.UPGRADE_NOT_LISTED, asked, None)
        assert reason.cites == (("plan", "cloud"), ("target", target))


@given(upgrade_path_facts())
def test_listed_or_not(asked: UpgradePathFacts) -> None:
    """CAT-5: exactly the plans of the list are reached."""
    answer = judges_alike(UPGRADE_PATH, asked, None)
    listed = [target for group in asked.plan.upgrades for target in group.plans]
    assert (whys_of(answer) == ()) is (asked.target in listed)
