"""Enquiries: what a service shows a client of its own.

History, invoices, dues, ageing, statement, timeline, recovery and restoration. Owns which rows answer, page by page. Every
read carries the client, so that nobody is shown what is another's; it changes nothing. Does not own how it is worded or
printed.
"""

from altocore.workflows.enquiries.cycle_changes import CycleQuote, quote_cycle
from altocore.workflows.enquiries.dues import Ageing, Dues, ageing, dues
from altocore.workflows.enquiries.history import history
from altocore.workflows.enquiries.invoices import InvoiceView, invoice_of, invoices_of, open_invoices
from altocore.workflows.enquiries.paging import Page
from altocore.workflows.enquiries.plan_changes import (
    ChangeQuote,
    PlanChange,
    Reading,
    Storage,
    quote_change,
    side_by_side,
)
from altocore.workflows.enquiries.recovery import Backup, recovery
from altocore.workflows.enquiries.restoration import restoration
from altocore.workflows.enquiries.statements import Statement, StatementLine, statement
from altocore.workflows.enquiries.timelines import timeline_of

__all__ = [
    "Ageing",
    "Backup",
    "ChangeQuote",
    "CycleQuote",
    "Dues",
    "InvoiceView",
    "Page",
    "PlanChange",
    "Reading",
    "Statement",
    "StatementLine",
    "Storage",
    "ageing",
    "dues",
    "history",
    "invoice_of",
    "invoices_of",
    "open_invoices",
    "quote_change",
    "quote_cycle",
    "recovery",
    "restoration",
    "side_by_side",
    "statement",
    "timeline_of",
]
