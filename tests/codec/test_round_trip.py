"""Laws of writing down: what is written is read back, exactly, and one document has one text."""

import json

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altocore.codec.documents import decode, encode
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import KINDS, Document
from tests import cast
from tests.codec.documents import STRATEGIES, documents, exactly


def test_every_kind_has_a_strategy() -> None:
    """The laws below are asked of every kind of document."""
    assert set(STRATEGIES) == set(KINDS.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(data=st.data())
@settings(max_examples=40)
def test_a_document_is_read_back_in_every_type(kind: type[Document], data: st.DataObject) -> None:
    """decode(encode(d)) is d, down to the type of each value: a Day stays a Day, an enum a member, a tuple a tuple."""
    document = data.draw(STRATEGIES[kind])
    read = decode(kind, encode(document))
    assert read == document
    assert exactly(read) == exactly(document)


@given(documents())
def test_a_text_is_canonical(document: Document) -> None:
    """The text is what JSON with sorted keys and no spaces is, and reading and writing it again changes nothing."""
    text = encode(document)
    plain = json.loads(text)
    assert text == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert encode(decode(type(document), text)) == text


@given(documents(), documents())
def test_texts_are_equal_where_documents_are(one: Document, other: Document) -> None:
    """Two documents of a kind have one text only if they are equal."""
    assert (type(one) is type(other) and encode(one) == encode(other)) == (one == other)


def test_days_and_instants_come_from_their_doors() -> None:
    """A day is read as pendulum's date and not as a plain one, an instant as pendulum's moment in UTC."""
    service = decode(Service, encode(cast.service(next_step=cast.ANCHOR)))
    event = decode(ServiceEvent, encode(cast.event()))
    kinds: list[type[object]] = [type(service.next_step), type(event.at)]
    assert kinds == [pendulum.Date, pendulum.DateTime]
    assert event.at.timezone_name == "UTC"
