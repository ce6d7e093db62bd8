"""Names of domains: what a registry keeps, and what none does."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.testing.strategies import domain_names
from altocore.values.domains import DomainName, domain_name

LONG = "a" * 63


@pytest.mark.parametrize(
    "text",
    [
        "example.com",
        "a.co",
        "1.com",
        "a-b.com.ar",
        "3com.com",
        f"{LONG}.com",
        "xn--pea-7ma.com",
        "example.xn--fiqs8s",
        ".".join(["a" * 61, LONG, LONG, "a" * 63]),
    ],
)
def test_what_is_registered(text: str) -> None:
    """DOM-1: labels of 1 to 63 letters, digits and inner hyphens, 253 characters at most, two labels or more."""
    assert DomainName(text).text == text
    assert domain_name(text) == DomainName(text)


FEW = "must have two labels or more, and 253 characters at most"
LABEL = "a label is 1 to 63 lower-case letters, digits and inner hyphens"
RESERVED = "a label with hyphens in third and fourth place must be an A-label"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", FEW),
        ("com", FEW),
        (".".join(["a" * 62, LONG, LONG, "a" * 63]), FEW),
        (".com", LABEL),
        ("example.", LABEL),
        ("a..com", LABEL),
        ("-a.com", LABEL),
        ("a-.com", LABEL),
        ("Example.com", LABEL),
        ("a_b.com", LABEL),
        ("a b.com", LABEL),
        ("peña.com", LABEL),
        ("a\n.com", LABEL),
        ("example.com\n", LABEL),
        (f"{LONG}a.com", LABEL),
        ("ab--cd.com", RESERVED),
        ("xn--.com", LABEL),
        ("xn--a-.com", LABEL),
        ("xn--abc-.com", LABEL),
        ("xn--99999999.com", RESERVED),
        ("1.2.3.4", "the last label must not be a number"),
    ],
)
def test_what_is_not(text: str, problem: str) -> None:
    """DOM-1: each is refused, and never repeated."""
    with pytest.raises(BadValue) as refused:
        DomainName(text)
    assert (refused.value.field, refused.value.problem) == ("domain", problem)


@pytest.mark.parametrize("given_", [None, 7, b"example.com"])
def test_no_text(given_: object) -> None:
    """DOM-1: a name is a text."""
    for make in (DomainName, domain_name):
        with pytest.raises(BadType):
            make(given_)  # type: ignore[arg-type]  # what is refused


@pytest.mark.parametrize("text", [" Example.COM ", "EXAMPLE.com.", "example.com"])
def test_as_a_person_writes_it(text: str) -> None:
    """DOM-1: case, blanks around it and the root's dot make no other name."""
    assert domain_name(text) == DomainName("example.com")


def test_another_alphabet_is_given_as_a_labels() -> None:
    """DOM-1: what a registry makes of other letters is not guessed."""
    with pytest.raises(BadValue) as refused:
        domain_name("peña.com")
    assert refused.value.problem == "must be written with the letters a to z; of another alphabet give the A-labels"


@given(domain_names())
@example(DomainName("xn--pea-7ma.com"))
def test_written_again_it_is_the_same(name: DomainName) -> None:
    """DOM-1: one name, one text."""
    assert domain_name(name.text.upper()) == name
    assert domain_name(f" {name.text}. ") == name


@given(st.text(max_size=80))
def test_whatever_is_given_is_a_name_or_refused(text: str) -> None:
    """DOM-1: nothing else comes out, and what comes out is kept as it is."""
    try:
        name = domain_name(text)
    except BadValue:
        return
    assert DomainName(name.text) == name
    assert name.text.isascii()
