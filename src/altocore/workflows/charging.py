"""What charges a service: its invoices that were not withdrawn, each with its standing."""

from collections.abc import Mapping

from altocore.billing.invoices import Invoice
from altocore.billing.standing import Standing
from altocore.plans.documents import Stored
from altocore.plans.reading import OfServices, Reader
from altocore.values.ids import InvoiceId, ServiceId

__all__ = ["charging"]


def charging(reader: Reader, service: ServiceId) -> tuple[tuple[Invoice, ...], Mapping[InvoiceId, Stored[Standing]]]:
    """Return the invoices of a service that were not withdrawn, and the standing of each invoice that it ever had."""
    # The invoices first: each that is seen then has its standing, whatever is issued between the two reads.
    invoices = [each.document for each in reader.select(Invoice, OfServices((service,)))]
    standings = {each.document.id: each for each in reader.select(Standing, OfServices((service,)))}
    return tuple([each for each in invoices if not standings[each.id].document.is_withdrawn]), standings
