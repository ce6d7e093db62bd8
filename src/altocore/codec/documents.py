"""Documents as text: canonical JSON, one text for one document, and back through the document's own constructor.

Keys are sorted, nothing is spaced, and `schema` says in which version of this code's shapes it is written;
what an earlier version wrote is upgraded as it is read.
"""

import json
from typing import Final, Never, TypeVar

from cattrs.errors import ForbiddenExtraKeysError

from altocore.codec.converter import converter
from altocore.codec.upgrades import UPGRADES, Content, upgraded
from altocore.errors import HistoryCorrupt, Misuse
from altocore.plans.documents import Document

__all__ = ["SCHEMA", "decode", "encode"]

D = TypeVar("D", bound=Document)

SCHEMA: Final = len(UPGRADES) + 1
"""The version of the shapes that are written now."""

_KEY: Final = "schema"


def encode(document: Document) -> str:
    """Return the document as canonical JSON: sorted keys, no spaces, no escapes but needed ones."""
    content = converter().unstructure(document)
    content[_KEY] = SCHEMA
    return _write(content)


def decode(kind: type[D], text: str) -> D:
    """Return the document of this kind that the text says.

    Raises:
        HistoryCorrupt: it says none; it names the kind and never repeats what was read. The caller knows the id.
    """
    try:
        return converter().structure(_content(kind.__name__, text), kind)
    except (_Damaged, Misuse) as fault:
        why = str(fault)
    # What cattrs and json raise repeats what they read.
    except (ForbiddenExtraKeysError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        why = "its text is damaged"
    raise HistoryCorrupt(kind.__name__, why)


def _content(kind: str, text: str) -> Content:
    content = _parse(text)
    if type(content) is not dict:
        raise _Damaged("it is not an object")
    schema = content.pop(_KEY, None)
    newest = len(UPGRADES) + 1
    if type(schema) is not int or not 1 <= schema <= newest:
        raise _Damaged(f"it is not written in schema {newest} or an earlier one")
    return upgraded(kind, content, schema)


class _Damaged(Exception):
    """What is wrong with a text, in words of ours."""


def _no_number(_text: str) -> Never:
    raise _Damaged("it holds a number that is not whole")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Damaged("it holds one key twice")
    return found


_write: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode
_parse: Final = json.JSONDecoder(object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number).decode
