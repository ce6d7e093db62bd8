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
from altocore.testing import same_document_after_text
from altocore.testing.strategies import documents, documents_of
from tests import cast


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(data=st.data())
@settings(max_examples=40)
def test_a_document_is_read_back_in_every_type(kind: type[Document], data: st.DataObject) -> None:
    """decode(encode(d)) is d, down to the type of each value: a Day stays a Day, an enum a member, a tuple a tuple."""
    same_document_after_text(data.draw(documents_of(kind)))


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


@pytest.mark.parametrize("text", ["", "\0", "\x1f\x7f", '"\\\\/', "\u2028\ufeff", "ñ日🦤", " a "])
def test_an_odd_text_is_kept(text: str) -> None:
    """Ids and free texts are any that UTF-8 has bytes for: nothing, control characters, quotes, other planes."""
    same_document_after_text(cast.service(name=text, of=text, open_invoices=(text,)))
    same_document_after_text(cast.invoice(lines=(cast.line(item_name=text),), edition=text))
    same_document_after_text(cast.event(cause=text, rule=text))


def test_days_and_instants_come_from_their_doors() -> None:
    """A day is read as pendulum's date and not as a plain one, an instant as pendulum's moment in UTC."""
    service = decode(Service, encode(cast.service(next_step=cast.ANCHOR)))
    event = decode(ServiceEvent, encode(cast.event()))
    kinds: list[type[object]] = [type(service.next_step), type(event.at)]
    assert kinds == [pendulum.Date, pendulum.DateTime]
    assert event.at.timezone_name == "UTC"
