"""Laws of the provider: what could not bill is refused, and legal data never shows (CLI-7, PAY-18)."""

import pickle
from typing import Final

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse
from altocore.testing.strategies import parties, providers, register
from altocore.values.currencies import Currency, currency
from altocore.values.instants import zone
from altocore.values.provider import LegalParty, Provider

USD: Final = currency("USD")
ARS: Final = currency("ARS")
CANARIES: Final = ("Ana Canary", "Canary 123", "20-CANARY-9")
LEGAL: Final = LegalParty(name=CANARIES[0], address=CANARIES[1], tax_id=CANARIES[2])


def provider(
    *,
    zone: str = "America/Argentina/Cordoba",
    currencies: tuple[Currency, ...] = (ARS, USD),
    series: str = "A1",
) -> Provider:
    """Return a provider, valid but for what is given."""
    return Provider(legal=LEGAL, zone=zone, currencies=currencies, series=series)


def test_a_provider_is_its_parts() -> None:
    """Every part is kept as given."""
    made = provider()
    assert (made.legal, made.zone, made.currencies, made.series) == (
        LEGAL,
        "America/Argentina/Cordoba",
        (ARS, USD),
        "A1",
    )
    assert (LEGAL.name, LEGAL.address, LEGAL.tax_id) == CANARIES


def test_legal_data_never_shows() -> None:
    """Name, address and tax id are in no repr and no str, of the party or of what holds it (CLI-7, PAY-18)."""
    shown = [show(of) for show in (repr, str) for of in (LEGAL, provider(), [LEGAL], {"legal": LEGAL})]
    assert not [text for text in shown if "canary" in text.lower()]
    assert repr(LEGAL) == "LegalParty()"


@given(providers())
def test_drawn_providers_can_bill(of: Provider) -> None:
    """The public strategy draws providers with a zone that exists, currencies and a name to write (PAY-18)."""
    assert zone(of.zone).key == of.zone
    assert of.currencies
    assert of.legal.name.strip()
    assert pickle.loads(pickle.dumps(of)) == of  # noqa: S301 - our own bytes


@given(parties(), parties())
def test_equal_when_all_parts_are(one: LegalParty, other: LegalParty) -> None:
    """Two parties are equal when name, address and tax id are, though none of them shows (PAY-18)."""
    same = (one.name, one.address, one.tax_id) == (other.name, other.address, other.tax_id)
    assert (one == other) == same
    assert one == LegalParty(name=one.name, address=one.address, tax_id=one.tax_id)


@pytest.mark.parametrize("field", ["name", "address", "tax_id"])
def test_legal_data_is_one_line(field: str) -> None:
    """Each part is a bounded line of text; the error names the part and repeats nothing (PAY-18, CLI-7, B7)."""
    for text in ("Canary\n", "Canary" * 40):
        with pytest.raises(BadValue) as refused:
            evolve(LEGAL, **{field: text})
        assert refused.value.field == field
        assert "Canary" not in str(refused.value)
    with pytest.raises(BadType) as wrong:
        evolve(LEGAL, **{field: None})  # type: ignore[arg-type]
    assert wrong.value.field == field


def test_only_the_tax_id_may_be_empty() -> None:
    """A person without a tax id is billed all the same; nobody is without a name and an address (PAY-18)."""
    assert LegalParty(name="Ana", address="Colon 1", tax_id="").tax_id == ""
    for field in ("name", "address"):
        with pytest.raises(BadValue) as refused:
            evolve(LEGAL, **{field: " "})
        assert (refused.value.field, refused.value.problem) == (field, "must not be blank")


@pytest.mark.parametrize("name", ["", "America/Nowhere", "-03:00", "America", "../UTC"])
def test_a_provider_has_a_zone(name: str) -> None:
    """Civil days need a zone that exists (B5)."""
    with pytest.raises(BadValue) as refused:
        provider(zone=name)
    assert (refused.value.field, refused.value.problem) == ("zone", "not the name of a time zone")


@pytest.mark.parametrize("given", [(), (USD, USD), (USD, ARS, USD)], ids=["none", "twice", "twice apart"])
def test_a_provider_has_currencies(given: tuple[Currency, ...]) -> None:
    """At least one currency, and none twice (B3)."""
    with pytest.raises(BadValue) as refused:
        provider(currencies=given)
    assert (refused.value.field, refused.value.problem) == ("currencies", "at least one, and none twice")


@pytest.mark.parametrize("series", ["A", "0", "FC2025", "A" * 12, "0" * 12])
def test_a_series_is_short_and_plain(series: str) -> None:
    """One to twelve upper-case letters and digits begin the numbers of invoices (PAY-18)."""
    assert provider(series=series).series == series


@pytest.mark.parametrize(
    "series",
    ["", "a", "A-1", "A 1", " A", "A\n", "A/1", "\u00d1", "\u0661", "\uff21", "A" * 13, "A" * 1_000_000],
    ids=lambda series: ascii(series[:14]),
)
def test_other_series_are_refused(series: str) -> None:
    """A series with anything else in it would not be read back from a number (PAY-18)."""
    with pytest.raises(BadValue) as refused:
        provider(series=series)
    assert (refused.value.field, refused.value.problem) == ("series", "1 to 12 upper-case letters and digits")


@pytest.mark.parametrize("given", [None, 7, b"A", ["A"], True], ids=repr)
def test_series_and_zone_are_texts(given: str) -> None:
    """What is no str is a BadType that names the field."""
    with pytest.raises(Misuse) as refused:
        provider(series=given)
    assert type(refused.value) is BadType
    assert (refused.value.field, refused.value.problem) == ("series", "must be a str")
    with pytest.raises(BadType) as other:
        provider(zone=given)
    assert other.value.field == "zone"


@pytest.mark.parametrize(
    ("legal", "currencies", "field", "problem"),
    [
        (None, (USD,), "legal", "must be a LegalParty"),
        (LEGAL, "USD", "currencies", "must be a tuple of Currency"),
        (LEGAL, ("USD",), "currencies", "must be a tuple of Currency"),
        (LEGAL, (USD, "ARS"), "currencies", "must be a tuple of Currency"),
        (LEGAL, ([],), "currencies", "must be a tuple of Currency"),
        (LEGAL, [USD], "currencies", "must be a tuple of Currency"),
    ],
    ids=["party", "text", "codes", "a code behind", "no hash", "list"],
)
def test_a_provider_is_made_of_values(
    legal: LegalParty, currencies: tuple[Currency, ...], field: str, problem: str
) -> None:
    """The party is a LegalParty and the currencies are a tuple of Currency (B3)."""
    with pytest.raises(BadType) as refused:
        Provider(legal=legal, zone="UTC", currencies=currencies, series="A")
    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_a_provider_never_changes() -> None:
    """Neither the provider nor its party can be written to: what was issued stays as it was (PAY-18)."""
    made = provider()
    with pytest.raises(FrozenInstanceError):
        made.series = "B"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        made.legal.name = "Eva"  # type: ignore[misc]


def test_registered_providers_are_drawn() -> None:
    """After `register` hypothesis draws valid providers and parties by their types alone."""
    register()

    @given(st.from_type(Provider), st.from_type(LegalParty))
    def check(of: Provider, party: LegalParty) -> None:
        assert len(set(of.currencies)) == len(of.currencies)
        assert party.address.strip()

    check()
