"""Upgrades: what an earlier version wrote is understood by each later one, and is never written anew by it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.clients.clients import Client
from altocore.codec import documents as codec
from altocore.codec.documents import decode, encode
from altocore.codec.upgrades import UPGRADES, Content, Upgrade, upgraded
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.service import Service
from altocore.plans.documents import KINDS
from altocore.plans.log import digest_of
from altocore.plans.scanning import After
from altocore.values.days import day
from altocore.workflows.auditing import audit, seal
from altocore.workflows.ordering import service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.tampering import body_of, rows

A: Final = service_id("a")
OLD: Final = encode(examples.client(locale="es_AR"))

Release: TypeAlias = Callable[..., None]
"""Lets a new version of altocore begin, with these upgrades."""


def speaks(kind: str, content: Content) -> Content:
    """Lead to schema 2, in which a client's locale was called `speaks`."""
    if kind != "Client":
        return content
    return {**{key: value for key, value in content.items() if key != "locale"}, "speaks": content["locale"]}


def in_mexico(kind: str, content: Content) -> Content:
    """Lead to schema 3, in which it is called `locale` again, and everybody has moved to Mexico."""
    if kind != "Client":
        return content
    said = str(content["speaks"])
    kept = {key: value for key, value in content.items() if key != "speaks"}
    return {**kept, "locale": said.replace("es_AR", "es_MX")}


def failing(_kind: str, _content: Content) -> Content:
    """Meet a content that it does not expect."""
    raise KeyError("Canary 4711")


def straight(kind: str, content: Content) -> Content:
    """Lead to schema 2 in one step: everybody has moved to Mexico."""
    return in_mexico(kind, speaks(kind, content))


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Release:
    """Give what releases a new version."""

    def released(*upgrades: Upgrade) -> None:
        monkeypatch.setattr("altocore.codec.upgrades.UPGRADES", [*upgrades])
        monkeypatch.setattr(codec, "UPGRADES", [*upgrades])
        monkeypatch.setattr(codec, "SCHEMA", len(upgrades) + 1)

    return released


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a world on disk, written by today's version."""
    with SqliteStore.open(tmp_path / "store.sqlite") as store:
        world = cast.world(store)
        world.run("a")
        world.run("b", of=cast.BEN)
        world.bill_to(day(2025, 2, 18))
        yield world


def disk(world: World) -> SqliteStore:
    """Return the store of a world on disk."""
    assert isinstance(world.store, SqliteStore)
    return world.store


def digests(store: SqliteStore) -> dict[str, str]:
    """Return the digest of every document, as the store says it."""
    return {
        f"{name} {document}": digest
        for name, kind in KINDS.items()
        for document, digest in store.digests(
            kind, [each.id for each in store.entries(kind, After(after="", limit=100))]
        ).items()
    }


def bodies(store: SqliteStore) -> list[tuple[str | int | None, ...]]:
    """Return every text, to the byte."""
    return rows(store, "SELECT kind, id, version, CAST(body AS BLOB) FROM document ORDER BY kind, id")


# A text --------------------------------------------------------------------------------------------------------------


def test_what_is_written_now_is_written_in_the_newest_schema() -> None:
    """One schema more than there are upgrades; nothing is upgraded that is of the newest."""
    assert len(UPGRADES) + 1 == codec.SCHEMA
    assert json.loads(OLD)["schema"] == codec.SCHEMA
    assert upgraded("Client", {"a": 1}, codec.SCHEMA) == {"a": 1}


def test_an_old_text_is_understood_as_the_newest_says_it(release: Release) -> None:
    """One upgrade."""
    release(straight)
    assert decode(Client, OLD).locale == "es_MX"
    assert decode(Service, encode(examples.service())) == examples.service()


def test_upgrades_follow_each_other(release: Release) -> None:
    """Two, in their order: the second takes what the first gives; a text of schema 2 is led by the second alone."""
    release(speaks, in_mexico)
    assert decode(Client, OLD).locale == "es_MX"
    second = {**speaks("Client", json.loads(OLD)), "schema": 2}
    assert decode(Client, json.dumps(second)).locale == "es_MX"


def test_a_text_of_the_newest_schema_is_left_alone(release: Release) -> None:
    """What this version writes, it reads back, and no upgrade touches it."""
    release(speaks, in_mexico)
    text = encode(examples.client(locale="es_AR"))
    assert json.loads(text)["schema"] == 3
    assert decode(Client, text) == examples.client(locale="es_AR")


def test_an_upgrade_is_told_the_kind_and_no_schema(release: Release) -> None:
    """By the name of the class; the content is without its schema."""
    seen: list[tuple[str, bool]] = []

    def look(kind: str, content: Content) -> Content:
        seen.append((kind, "schema" in content))
        return content

    release(look)
    decode(Client, OLD)
    assert seen == [("Client", False)]


@pytest.mark.parametrize("schema", [0, -1, 4, 99, True, "1", None, [1]])
def test_a_schema_that_is_not_known_is_corrupt(release: Release, schema: object) -> None:
    """Newer than this version, or none: never guessed; the text is not repeated."""
    release(speaks, in_mexico)
    with pytest.raises(HistoryCorrupt) as told:
        decode(Client, json.dumps({**json.loads(OLD), "schema": schema}))
    assert told.value.problem == "it is not written in schema 3 or an earlier one"


def test_a_newer_schema_is_corrupt_today() -> None:
    """What a later altocore wrote, this one does not understand."""
    with pytest.raises(HistoryCorrupt) as told:
        decode(Client, json.dumps({**json.loads(OLD), "schema": codec.SCHEMA + 1}))
    assert told.value.where == "Client"


@pytest.mark.parametrize("upgrade", [failing, speaks])
def test_an_upgrade_that_does_not_fit_is_damage(release: Release, upgrade: Upgrade) -> None:
    """One that fails, and one that leads to a shape that is none: named by kind, and nothing is repeated."""
    release(upgrade)
    with pytest.raises(HistoryCorrupt) as told:
        decode(Client, OLD)
    assert (told.value.where, told.value.problem) == ("Client", "its text is damaged")
    assert told.value.__context__ is None


# A store -------------------------------------------------------------------------------------------------------------


def test_a_store_is_read_and_stays_as_it_was_written(world: World, release: Release) -> None:
    """PAY-12: every text byte for byte and every digest as before, though each client is now read as one of Mexico."""
    store = disk(world)
    texts, before = bodies(store), digests(store)
    assert len(before) > 10
    release(speaks, in_mexico)
    assert {each.locale for each in cast.all_of(store, Client)} == {"es_MX", "en"}
    assert digests(store) == before
    assert bodies(store) == texts
    assert before[f"client {cast.ANA}"] == digest_of(body_of(store, "client", cast.ANA))


def test_the_log_is_whole_after_an_upgrade(world: World, release: Release) -> None:
    """The log is of texts: the audit has nothing to say, and what was sealed before still holds."""
    store = disk(world)
    heads = list(seal(store))
    release(speaks, in_mexico)
    assert list(audit(store, heads=heads)) == []
    assert list(store.inspect()) == []


def test_a_store_lives_on_after_an_upgrade(world: World, release: Release) -> None:
    """What changes is written in the newest schema, what does not stays in its own; both are audited and sealed."""
    store = disk(world)
    heads = list(seal(store))
    first = world.invoice(A, 0).id
    text = body_of(store, "invoice", first)
    release(straight)
    world.pay(A, 1)
    world.bill_to(day(2025, 3, 21))
    assert body_of(store, "invoice", first) == text
    assert json.loads(body_of(store, "service", A))["schema"] == 2
    schemas = rows(store, "SELECT DISTINCT json_extract(body, '$.schema') FROM document ORDER BY 1")
    assert schemas == [(1,), (2,)]
    assert list(audit(store, heads=heads)) == []
    heads += seal(store)
    release(straight, lambda _kind, content: content)
    assert list(audit(store, heads=heads)) == []


def test_a_store_of_a_newer_version_is_told(world: World, release: Release) -> None:
    """Row by row: what the newer one wrote is corrupt for this one, and what it did not touch is read."""
    release(straight)
    world.pay(A, 1)
    release()
    with pytest.raises(HistoryCorrupt) as told:
        world.service(A)
    assert told.value.where == A
    assert world.service(service_id("b")).client == cast.BEN
