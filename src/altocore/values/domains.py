"""Domain names, as a registry keeps them: labels of letters, digits and hyphens, in lower case.

A name in another alphabet has a form of that kind too, its A-label, which begins with `xn--`. It is given and kept in that
form: which letters a registry takes, and what it makes of them (RFC 5892), the standard library does not know, and a name that
is turned into another one is somebody else's.
"""

import re
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue

__all__ = ["DomainName", "domain_name"]

NAME_MAX: Final = 253
"""The most characters of a name, its dots counted in."""

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_RESERVED: Final = re.compile(r"..--", re.ASCII)
_FOREIGN: Final = "xn--"


@final
@frozen
class DomainName:
    """The name of a domain that can be registered, such as `example.com`: two labels at least, the last one no number.

    >>> DomainName("xn--pea-7ma.com").text
    'xn--pea-7ma.com'

    Raises:
        BadType: not a str.
        BadValue: no such name; it is not repeated.

    Source: DOM-1, `terms/12.d`; the form is that of RFC 1123 and RFC 5890.
    """

    text: str = field()

    def __attrs_post_init__(self) -> None:
        """Refuse what no registry keeps."""
        if type(self.text) is not str:
            raise BadType("domain", "must be a str such as example.com")
        labels = self.text.split(".")
        if len(self.text) > NAME_MAX or len(labels) == 1:
            raise BadValue("domain", f"must have two labels or more, and {NAME_MAX} characters at most")
        if any(_LABEL.fullmatch(label) is None for label in labels):
            raise BadValue("domain", "a label is 1 to 63 lower-case letters, digits and inner hyphens")
        if any(_RESERVED.match(label) and not _is_foreign(label) for label in labels):
            raise BadValue("domain", "a label with hyphens in third and fourth place must be an A-label")
        if labels[-1].isdigit():
            raise BadValue("domain", "the last label must not be a number")


def domain_name(text: str) -> DomainName:
    """Return the domain that a person wrote: in lower case, without blanks around it and without the root's dot.

    >>> domain_name(" Example.COM. ").text
    'example.com'

    Raises:
        BadType: not a str.
        BadValue: no name of a domain, or one with other letters than a to z: then its A-label is to be given.
    """
    if type(text) is not str:
        raise BadType("domain", "must be a str such as example.com")
    bare = text.strip().removesuffix(".")
    if not bare.isascii():
        raise BadValue("domain", "must be written with the letters a to z; of another alphabet give the A-labels")
    return DomainName(bare.lower())


def _is_foreign(label: str) -> bool:
    """Say whether this is the A-label of something: what it stands for is written so, and in no other way."""
    try:
        meant = label.removeprefix(_FOREIGN).encode().decode("punycode")
        said = meant.encode("punycode").decode()
    except UnicodeError:
        return False
    return label.startswith(_FOREIGN) and not meant.isascii() and _FOREIGN + said == label
