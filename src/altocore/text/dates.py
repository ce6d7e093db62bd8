"""Days, periods and instants as people read them.

A period is half-open, and is shown with the last day that is in it: an end that is not in the period confuses people.
"""

from babel.dates import format_date, format_datetime, get_timezone_gmt

from altocore.text.locales import choose
from altocore.values.days import Day
from altocore.values.instants import Instant, zone
from altocore.values.periods import Period

__all__ = ["day_text", "instant_text", "period_text"]


def day_text(day: Day, locale: str) -> str:
    """Return the day as this locale writes it, its month in letters where the locale has it so.

    >>> from altocore.values.days import parse_day
    >>> day_text(parse_day("2025-01-31"), "es_AR"), day_text(parse_day("2025-01-31"), "en")
    ('31 ene 2025', 'Jan 31, 2025')
    """
    return format_date(day, format="medium", locale=choose(locale).locale)


def period_text(period: Period, locale: str) -> str:
    r"""Return the period with its first and its last day.

    >>> from altocore.values.days import parse_day
    >>> period_text(Period(start=parse_day("2025-01-01"), end=parse_day("2025-02-01")), "en_GB").split(" \N{EN DASH} ")
    ['1 Jan 2025', '31 Jan 2025']
    """
    return f"{day_text(period.start, locale)} \N{EN DASH} {day_text(period.last_day, locale)}"


def instant_text(moment: Instant, zone_name: str, locale: str) -> str:
    """Return the moment as a clock in this zone shows it, with its offset.

    >>> from altocore.values.instants import instant
    >>> instant_text(instant("2025-01-31T12:00:00Z"), "America/Argentina/Buenos_Aires", "pt_BR")
    '31 de jan. de 2025 09:00:00 GMT-03:00'

    Raises:
        BadValue: no such zone.
    """
    chosen, local = choose(locale).locale, moment.astimezone(zone(zone_name))
    shown = format_datetime(local, format="medium", tzinfo=zone(zone_name), locale=chosen)
    return f"{shown} {get_timezone_gmt(local, locale=chosen)}"
