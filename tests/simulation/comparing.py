"""What two runs of one history must have in common, whoever did the work and however often he was interrupted.

Compared: every document with its whole body and agenda; every claim with its digest; every client's credit; every posting
and message; how many numbers each series has given. Left out: the version of a document, which counts its writes; the
place of a posting or a message in its journal; which number an invoice got; and the audit log, which tells all of these: they
follow the order of commits. The log has its own check, against the documents, in every evening's audit.

One thing more follows that order, and the seeds that are compared are without it: which invoice gets the credit of a client
whose invoices of one day are issued by several workers at once, without common leases, where it does not reach for all.
"""

import json
from collections.abc import Iterable

__all__ = ["what_happened"]

PLACES = {"document": 3, "message": 1, "posting": 1, "number": 2}
"""The column that follows the order of the commits, by table."""


def what_happened(dump: Iterable[str]) -> list[str]:
    """Return the rows of a dump without what follows the order of commits, sorted."""
    rows = [row for row in map(json.loads, dump) if row[0] != "log"]
    return sorted(json.dumps([cell for at, cell in enumerate(row) if at != PLACES.get(row[0])]) for row in rows)
