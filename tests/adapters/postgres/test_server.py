"""The server that the other tests start where none answers."""

import psycopg
import pytest

from tests.adapters.postgres.server import binaries, started

pytestmark = pytest.mark.postgres


def test_a_server_of_our_own_starts_and_is_gone_afterwards() -> None:
    """It answers on its own socket, in UTF-8, and leaves nothing."""
    tools = binaries()
    if tools is None:
        pytest.skip("no server is installed here; the tests use one elsewhere")
    with started(tools) as dsn, psycopg.connect(dsn) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(dsn)
