"""Laws of errors: who is at fault can be told by type, where and what by two fields, and no value is repeated."""

import copy
import pickle
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore import errors
from altocore.errors import (
    AltocoreError,
    BadType,
    BadValue,
    CurrencyMismatch,
    HistoryCorrupt,
    Misuse,
    Runaway,
    Unavailable,
    UnknownKey,
)

BUILTINS: Final[tuple[tuple[type[Misuse], type[Exception]], ...]] = (
    (BadType, TypeError),
    (BadValue, ValueError),
    (UnknownKey, LookupError),
    (CurrencyMismatch, ValueError),
)
MISUSES: Final = tuple(kind for kind, _ in BUILTINS)


@pytest.mark.parametrize(("kind", "builtin"), BUILTINS)
def test_a_misuse_is_also_a_builtin(kind: type[Misuse], builtin: type[Exception]) -> None:
    """A caller's mistake is caught as what Python calls it, as a Misuse, or as anything of altocore."""
    for caught in (builtin, kind, Misuse, AltocoreError):
        with pytest.raises(caught):
            raise kind("field", "problem")


@pytest.mark.parametrize(("kind", "builtin"), BUILTINS)
def test_a_misuse_is_no_other_builtin(kind: type[Misuse], builtin: type[Exception]) -> None:
    """A wrong type is no wrong value, and an unknown name is neither: handlers do not catch for one another."""
    told_apart = {TypeError, ValueError, LookupError, OSError, ArithmeticError}
    assert told_apart.intersection(kind.__mro__) == {builtin}


@given(st.sampled_from(MISUSES), st.text(), st.text())
def test_a_misuse_says_where_and_what(kind: type[Misuse], field: str, problem: str) -> None:
    """`field` and `problem` are kept as given, and the text is both."""
    raised = kind(field, problem)
    assert (raised.field, raised.problem) == (field, problem)
    assert raised.args == (field, problem)
    assert str(raised) == f"{field}: {problem}"


@given(st.sampled_from(MISUSES), st.text(), st.text())
def test_a_misuse_survives_a_process_pool(kind: type[Misuse], field: str, problem: str) -> None:
    """Pickled or copied, as a worker's error is, it is of the same type and says the same."""
    raised = kind(field, problem)
    for other in (pickle.loads(pickle.dumps(raised)), copy.copy(raised)):  # noqa: S301 - our own bytes
        assert type(other) is kind
        assert (other.field, other.problem, str(other)) == (field, problem, str(raised))


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        (HistoryCorrupt("inv_7", "its row is damaged"), "inv_7: its row is damaged"),
        (Runaway("svc_7", 15), "svc_7: more than 15 charges on one day; the run stopped before the next one"),
        (Unavailable("row 7 of entry"), "row 7 of entry"),
    ],
)
def test_what_is_no_mistake_of_the_caller(raised: AltocoreError, text: str) -> None:
    """Impossible history, a runaway and a failing outside are no Misuse, are told apart, and keep their text."""
    assert isinstance(raised, AltocoreError)
    assert not isinstance(raised, Misuse)
    assert not isinstance(raised, (ValueError, TypeError, LookupError, OSError))
    for other in (raised, pickle.loads(pickle.dumps(raised))):  # noqa: S301 - our own bytes
        assert (type(other), str(other)) == (type(raised), text)
    assert not issubclass(HistoryCorrupt, Unavailable)
    assert not issubclass(Unavailable, HistoryCorrupt)


def test_all_errors_are_public() -> None:
    """Every error of the module is in its list, and is one of altocore's own."""
    names: dict[str, object] = vars(errors)
    made = {name for name, kind in names.items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert made == set(errors.__all__)
    assert all(issubclass(vars(errors)[name], AltocoreError) for name in made)
