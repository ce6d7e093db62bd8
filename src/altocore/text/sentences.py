"""Sentences: a rule, a clause, a reason, a row or a trace in a client's language.

A row that fired or held is told with its facts; one that passed or did not apply, by the statement of its rule.
"""

from altocore.terms.clauses import Clause
from altocore.terms.judgements import Outcome, Row, Trace
from altocore.terms.reasons import Cited, Reason
from altocore.text.catalogue import catalogue, fill
from altocore.text.explained import ExplainedRow, Labelled
from altocore.text.facts import fact_label, fact_text, facts_text
from altocore.text.locales import choose

__all__ = ["clause_text", "explain_reason", "explain_row", "explain_trace", "rule_text"]


def explain_reason(reason: Reason, locale: str) -> str:
    """Return the sentence of a refusal's reason, with its facts.

    Raises:
        UnknownKey: the catalogue has no text for it.
    """
    return _sentence(f"why.{reason.why.value}", reason.cites, locale)


def rule_text(rule: str, locale: str) -> str:
    """Return what a rule says, in one sentence.

    Raises:
        UnknownKey: the catalogue has no text for it.
    """
    return catalogue(choose(locale).language).words(f"rule.{rule}")


def clause_text(clause: Clause, locale: str) -> str:
    """Return where a clause stands, in words: the document, and its page or section.

    >>> clause_text(Clause("terms/3.a"), "en")
    'terms and conditions, section 3.a'
    """
    words = catalogue(choose(locale).language)
    document, _, place = clause.partition("/")
    topic = f"topic.{place}"
    return fill(words.words(f"document.{document}"), {"place": words.words(topic) if words.has(topic) else place})


def explain_row(judgement: str, row: Row, locale: str) -> str:
    """Return the sentence of one row of this judgement's table.

    Raises:
        UnknownKey: the catalogue has no text for it.
    """
    ground = f"ground.{judgement}.{row.rule}"
    if row.outcome is Outcome.FIRED and row.why is not None:
        return _sentence(f"why.{row.why.value}", row.cites, locale)
    if row.outcome is Outcome.HELD and catalogue(choose(locale).language).has(ground):
        return _sentence(ground, row.cites, locale)
    return rule_text(row.rule, locale)


def explain_trace(trace: Trace[object], locale: str) -> tuple[ExplainedRow, ...]:
    """Return every row of a trace in words, in the order of the table, fired or not.

    Raises:
        UnknownKey: the catalogue has no text for one of them.
    """
    return tuple(
        [
            ExplainedRow(
                rule=row.rule,
                clauses=row.clauses,
                outcome=row.outcome,
                sentence=explain_row(trace.judgement, row, locale),
                facts=tuple(
                    [Labelled(fact_label(name, locale), fact_text(name, fact, locale)) for name, fact in row.cites]
                ),
            )
            for row in trace.rows
        ]
    )


def _sentence(code: str, cites: Cited, locale: str) -> str:
    return fill(catalogue(choose(locale).language).words(code, cites), facts_text(cites, locale))
