"""The cursor of a scan as columns, the same for every database."""

from altocore.plans.scanning import Upto, shard_of

__all__ = ["behind", "within"]


def behind(scan: Upto) -> tuple[str, int, str]:
    """Return agenda day, shard and id that a page of what is due begins behind."""
    last = scan.after
    return ("", 0, "") if last is None else (last.agenda, shard_of(last.client), last.id)


def within(scan: Upto) -> tuple[str, int, int, int]:
    """Return the last agenda day, the first shard, the shard behind the last, and how many entries at most."""
    return scan.day.isoformat(), scan.shards.start, scan.shards.end, scan.limit
