"""What stores may hold after an accident: every damaged text is told so by its kind, and is never repeated."""

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.codec.documents import SCHEMA, decode, encode
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.service import Service
from altocore.plans.documents import KINDS, Document
from altocore.testing.strategies import documents, documents_of
from tests import cast

PERSONAL: Final = "Pereyra 4711"
SERVICE: Final = encode(cast.service(open_invoices=("a", "b"), next_step=cast.ANCHOR))
EXAMPLES: Final[list[Document]] = [
    cast.client(legal=cast.party(name=PERSONAL)),
    cast.plan(),
    cast.terms_edition(),
    cast.service(open_invoices=("a",)),
    cast.event(),
    cast.invoice(),
    cast.standing(),
    cast.payment(),
]


def corrupt(kind: type[Document], text: str) -> str:
    """Return what is told of a damaged text."""
    with pytest.raises(HistoryCorrupt) as told:
        decode(kind, text)
    # Neither shown nor kept: a log that prints whole chains must find nothing personal.
    assert told.value.__cause__ is None
    assert told.value.__context__ is None
    return str(told.value)


def with_field(name: str, value: object) -> str:
    """Return the service's text with one field set, which may be a new one."""
    return json.dumps({**json.loads(SERVICE), name: value})


@pytest.mark.parametrize("document", EXAMPLES, ids=lambda document: type(document).__name__)
def test_a_text_cut_short_is_damaged(document: Document) -> None:
    """No beginning of a text is taken for the whole of it."""
    text = encode(document)
    for end in range(len(text)):
        assert corrupt(type(document), text[:end]).startswith(type(document).__name__)


@pytest.mark.parametrize("document", EXAMPLES, ids=lambda document: type(document).__name__)
def test_every_field_is_needed(document: Document) -> None:
    """A field that is missing is not guessed, and one that is unknown is not passed over, at the top and inside."""
    plain = json.loads(encode(document))
    for name in plain:
        corrupt(type(document), json.dumps({key: value for key, value in plain.items() if key != name}))
        if isinstance(plain[name], dict):
            inside = {**plain, name: {**plain[name], "unknown": 1}}
            corrupt(type(document), json.dumps(inside))
    corrupt(type(document), json.dumps({**plain, "unknown": 1}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("events", "1"),
        ("events", 1.0),
        ("events", True),
        ("events", None),
        ("events", [1]),
        ("id", 7),
        ("id", None),
        ("id", ["a"]),
        ("state", "ACTIVE"),
        ("state", "gone"),
        ("state", 1),
        ("state", None),
        ("state", ["active"]),
        ("state", {}),
        ("open_invoices", "ab"),
        ("open_invoices", {"a": 1}),
        ("open_invoices", [1]),
        ("open_invoices", None),
        ("next_step", "2025-2-1"),
        ("next_step", "2025-02-30"),
        ("next_step", "2025-02-01T00:00:00Z"),
        ("next_step", "now"),
        ("next_step", 20250201),
        ("next_step", "1969-12-31"),
        ("next_step", ["2025-02-01"]),
        ("ending", []),
        ("ending", "2025-02-01"),
        ("contract", None),
        ("contract", "monthly"),
        ("contract", [1, 2]),
    ],
)
def test_a_value_of_another_type_is_damage(name: str, value: object) -> None:
    """Nothing is coerced: not a digit to a number, not true to 1, not a text to a list of its letters."""
    assert corrupt(Service, with_field(name, value)).startswith("Service: ")


@pytest.mark.parametrize("cycle", [1, 12, "MONTHLY", "Monthly", "weekly", None, True, ["monthly"]])
def test_a_cycle_is_its_name(cycle: object) -> None:
    """A cadence is read by its name in lower case only."""
    contract = {**json.loads(SERVICE)["contract"], "cycle": cycle}
    corrupt(Service, with_field("contract", contract))


@pytest.mark.parametrize(
    "amount",
    [
        [1],
        [1, "USD", 3],
        [1, "usd"],
        [1, "XXX"],
        [1, ["USD"]],
        [1.0, "USD"],
        [True, "USD"],
        ["1", "USD"],
        [10**18, "USD"],
        {"minor": 1, "currency": "USD"},
        "1 USD",
        None,
    ],
)
def test_money_is_two_things(amount: object) -> None:
    """An amount is minor units and a code, neither less nor more."""
    plain = json.loads(encode(cast.payment()))
    corrupt(type(cast.payment()), json.dumps({**plain, "kept": amount}))


@pytest.mark.parametrize(
    "period",
    [
        ["2025-01-01"],
        ["2025-01-01", "2025-02-01", "2025-03-01"],
        ["2025-02-01", "2025-01-01"],
        "2025-01-01",
        {},
        [1, 2],
    ],
)
def test_a_period_is_two_days_in_order(period: object) -> None:
    """A period is its start and its end, and the constructor refuses one without a day."""
    plain = json.loads(encode(cast.invoice()))
    corrupt(type(cast.invoice()), json.dumps({**plain, "period": period}))


@pytest.mark.parametrize(
    "at", ["2025-01-31T15:00:00Z", "2025-01-31T15:00:00", "2025-01-31T12:00:00-03:00", "2025-01-31", "now", 0, None]
)
def test_an_instant_is_in_utc(at: object) -> None:
    """An instant is read in the one form in which it is written."""
    plain = json.loads(encode(cast.event()))
    corrupt(type(cast.event()), json.dumps({**plain, "at": at}))


def test_what_a_constructor_refuses_is_damage() -> None:
    """Validators run on what is read: more settled than was asked, an invoice due before its issue, no lines."""
    standing = json.loads(encode(cast.standing()))
    assert "settled" in corrupt(type(cast.standing()), json.dumps({**standing, "settled": [99999, "USD"]}))
    invoice = json.loads(encode(cast.invoice()))
    assert "due" in corrupt(type(cast.invoice()), json.dumps({**invoice, "due": "2025-01-01"}))
    assert "lines" in corrupt(type(cast.invoice()), json.dumps({**invoice, "lines": []}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "1",
        '"text"',
        "[]",
        "[[]]",
        "{}",
        "{",
        SERVICE + SERVICE,
        SERVICE + "x",
        SERVICE.replace('"events":1', '"events":NaN'),
        SERVICE.replace('"events":1', '"events":-Infinity'),
        SERVICE.replace('"events":1', '"events":1e2'),
        SERVICE.replace('"events":1', f'"events":{"9" * 5000}'),
        SERVICE.replace('"events":1', '"events":1,"events":1'),
        SERVICE.replace('"number":1', '"number":2,"number":1'),
        SERVICE.replace('"events":1', f'"events":{"[" * 100_000}'),
        SERVICE.replace('"events":1', f'"events":{"[" * 100_000}{"]" * 100_000}'),
        SERVICE.replace('"events":1', '"events":' + '{"a":' * 100_000 + "1" + "}" * 100_000),
        SERVICE.replace("srv_ana", "srv\nana"),
        SERVICE.encode().decode("utf-16-le", "replace"),
    ],
    ids=range(22),
)
def test_a_text_that_is_no_object_of_the_kind_is_damage(text: str) -> None:
    """Other JSON, no JSON, one key twice, numbers that are not whole, a hundred thousand levels: each is told so."""
    assert corrupt(Service, text).startswith("Service: ")


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, -1, "1", True, None, [1]])
def test_another_schema_is_told_so(schema: object) -> None:
    """A text of another version of the shapes is not guessed at, and the message says why."""
    assert "schema" in corrupt(Service, with_field("schema", schema))


def test_a_text_without_a_schema_is_damage() -> None:
    """The version is needed like any field."""
    assert "schema" in corrupt(Service, SERVICE.replace('"schema":1,', ""))


def test_no_text_at_all_is_damage() -> None:
    """What is no text is told like a damaged one: a column may hold anything after an accident."""
    for given_text in (None, 7, b"{}"):
        assert corrupt(Service, given_text) == "Service: its text is damaged"  # type: ignore[arg-type]  # on purpose


def test_a_message_repeats_nothing_personal() -> None:
    """Whatever is wrong with a client's text, its name is not told."""
    plain = json.loads(encode(EXAMPLES[0]))
    damaged: list[dict[str, object]] = [
        {**plain, "locale": PERSONAL},
        {**plain, "currency": PERSONAL},
        {**plain, "credit_use": PERSONAL},
        {**plain, "tax_region": PERSONAL + "\n"},
        {**plain, PERSONAL: 1},
        {**plain, "legal": PERSONAL},
        {**plain, "legal": {**plain["legal"], PERSONAL: PERSONAL}},
    ]
    for each in damaged:
        assert PERSONAL not in corrupt(type(EXAMPLES[0]), json.dumps(each))
    assert PERSONAL not in corrupt(type(EXAMPLES[0]), encode(EXAMPLES[0])[:-1])


@given(documents(), st.data())
def test_a_flipped_character_is_refused_or_read_as_written(document: Document, data: st.DataObject) -> None:
    """Reading a text with one character changed gives a valid document or HistoryCorrupt, and nothing else."""
    text = encode(document)
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.characters()) + text[at + 1 :]
    try:
        read = decode(type(document), changed)
    except HistoryCorrupt:
        return
    assert decode(type(document), encode(read)) == read


@given(data=st.data())
def test_a_document_is_not_read_as_another_kind(data: st.DataObject) -> None:
    """Kinds share no shape: a row in the wrong table is seen."""
    kind, other = data.draw(st.permutations(list(KINDS.values())))[:2]
    corrupt(other, encode(data.draw(documents_of(kind))))
