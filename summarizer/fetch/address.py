"""An address of the web, read once: what is checked is what is connected to and asked for."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from summarizer.article.line import one_line
from summarizer.errors import ArticleError

__all__ = ["Address"]

_PORTS = {"http": 80, "https": 443}
#: Servers take lines of about 8,000 bytes (RFC 9110, 4.1); no article has an address half as long.
_LONGEST = 4_096
#: What must not stand in a message: a user name and a password.
_CREDENTIALS = re.compile(r"//[^/?#]*@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: The last label of a name that systems read as a number (WHATWG URL Standard, "ends in a number"): 127, 0x7f, 017.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
#: What may stand in a path and a query as it is (RFC 3986, 3.3 and 3.4), and the mark of what is escaped already.
_PLAIN = "/:@!$&'()*+,;=-._~%?"
_GIVE = "check it, or open it in a browser, save the page and give the file"


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address in its one spelling.

    Attributes:
        scheme: ``http`` or ``https``.
        host: a name in ASCII and lower case (RFC 5890, A-labels), or an IPv4 or IPv6 address without brackets.
        port: 1 to 65,535.
        target: path and query, escaped, never empty; a fragment is no part of a request.
    """

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Return the address that is written in `text`.

        Raises:
            ArticleError: it is none of the web, holds a user name, or spells its host in a way that hides it.
        """
        shown = _CREDENTIALS.sub("//…@", one_line(text))[:200]
        if len(text) > _LONGEST:
            raise ArticleError(f"{shown}…: this address has more than {_LONGEST:,} characters; {_GIVE}")
        given = text.strip(" ")
        if _CONTROL.search(given):
            raise ArticleError(f"{shown}: this address holds a line end or another invisible character; {_GIVE}")
        try:
            parts = urlsplit(given)
            return cls(_scheme(parts, shown), _host(parts, shown), _port(parts, shown), _target(parts))
        except ValueError:  # also of what cannot be escaped
            raise ArticleError(f"{shown}: this is no address of the web; {_GIVE}") from None

    @property
    def authority(self) -> str:
        """The host as requests name it, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt is for (RFC 9309, 2.3)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address as text."""
        return f"{self.origin}{self.target}"

    @property
    def usual_port(self) -> bool:
        """Whether the web is where it should be: 80 for http, 443 for https."""
        return self.port in _PORTS.values()

    def joined(self, location: str) -> "Address":
        """Return where a redirect leads (RFC 9110, 10.2.2).

        Raises:
            ArticleError: as `parse`; or it leads from https to http, where anybody on the way can read along.
        """
        try:
            led = self.parse(urljoin(self.url, location.strip(" ")))
        except ValueError:
            raise ArticleError(f"{self.url}: it leads to an address that is none of the web; {_GIVE}") from None
        if self.scheme == "https" and led.scheme == "http":
            raise ArticleError(
                f"{self.url}: it leads from https to http ({led.url}), where anybody on the way can change the text; "
                "open it in a browser and save the page"
            )
        return led


def _scheme(parts: SplitResult, shown: str) -> str:
    if parts.scheme not in _PORTS:
        raise ArticleError(f"{shown}: only http and https addresses are fetched; {_GIVE}")
    return parts.scheme


def _port(parts: SplitResult, shown: str) -> int:
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    if not port:
        raise ArticleError(f"{shown}: there is no port 0; {_GIVE}")
    return port


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PLAIN.rstrip("?"))
    return f"{path}?{quote(parts.query, safe=_PLAIN)}" if parts.query else path


def _host(parts: SplitResult, shown: str) -> str:
    """Return the host in the one spelling that everything behind uses."""
    if "@" in parts.netloc:
        raise ArticleError(f"{shown}: this address holds a user name or a password; give it without")
    if not parts.hostname or any(char in parts.netloc for char in "\\% "):
        raise ArticleError(f"{shown}: this address names no host that could be found; {_GIVE}")
    if parts.netloc.startswith("["):
        return str(ipaddress.IPv6Address(parts.hostname))
    host = _ascii(parts.hostname).removesuffix(".")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        if parts.hostname != host or not _is_ipv4(host):
            raise ArticleError(f"{shown}: a host is a name here, not a number in disguise; {_GIVE}")
    elif not _NAME.fullmatch(host):
        raise ArticleError(f"{shown}: this address names no host that could be found; {_GIVE}")
    return host


def _ascii(host: str) -> str:
    """Return a name as it is looked up: characters of other scripts as browsers write them (UTS 46)."""
    if host.isascii():
        return host
    import idna  # only names beyond ASCII need its tables

    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode()
    except UnicodeError as error:
        raise ValueError(host) from error


def _is_ipv4(host: str) -> bool:
    """Tell whether a host is an IPv4 address as everybody writes it: four decimal numbers, no zero before them."""
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False
