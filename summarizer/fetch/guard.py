"""Where a request may go: the public web, and what whoever runs this has allowed by name or network.

A name is looked up once, every answer is checked, and the connection goes to an address that was checked: a name that
leads elsewhere the next time (DNS rebinding) gains nothing. The table of addresses is that of `ssrfguard`, taken from
IANA's registries of special-purpose addresses.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.errors import ArticleError, ConfigurationError
from summarizer.fetch.address import Address
from summarizer.fetch.aside import started

if TYPE_CHECKING:
    from ssrfguard import Address as Reachable
    from ssrfguard import Policy, Target

__all__ = ["Guard", "Route"]

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: What a host may lead to that is allowed by its name: the networks that offices have. Not a machine's own
#: surroundings (169.254.0.0/16, where clouds keep their keys), nor what is reserved.
_INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128", "fc00::/7")
#: IPv6 addresses with an IPv4 address inside. As an answer of a name two of them are real: systems write IPv4 so
#: (RFC 4291, 2.5.5.2), and networks without IPv4 reach it so (NAT64, RFC 6052); the address inside is looked at.
_REAL = ("::ffff:0:0/96", "64:ff9b::/96")
#: What is not handed out to anybody (RFC 4291, 2.4: global addresses begin with 001); among it ::ffff:0:0:0/96, which
#: translators read as IPv4 (RFC 7915).
_UNASSIGNED = ("::/3", "4000::/2", "8000::/1")
_SAVE = "open it in a browser and save the page"


@dataclass(frozen=True, slots=True)
class Route:
    """The addresses of a host, each checked, and what they were checked by: the connection checks its peer again."""

    addresses: "tuple[Reachable, ...]"
    policy: "Policy"


class Guard:
    """Tells where a request may go.

    Args:
        allow: hosts (``intranet.example.org``) and networks (``10.20.0.0/16``, ``127.0.0.1``) that may be reached
            although they are not on the public web, on any port.

    Raises:
        ConfigurationError: one of them is neither, or a network that hides other addresses.
    """

    def __init__(self, allow: Sequence[str] = ()) -> None:
        entries = [(entry, _network(entry)) for entry in allow]
        self._networks = tuple(network for _, network in entries if network is not None)
        self._hosts = frozenset(_name(entry) for entry, network in entries if network is None)
        _ = self._strict, self._named  # what is wrong with a network is told before anything is fetched

    def route(self, address: Address, seconds: float) -> Route:
        """Return how to reach a host: one look-up, all answers checked.

        Raises:
            ArticleError: it is not on the public web and not allowed, has no address, or a port that the web has not.
            TimeoutError: the look-up takes longer than `seconds`.
        """
        from ssrfguard import SSRFGuardError

        policy = self._policy(address)
        try:
            target = self._strict_or(policy, address).check_url(address.origin)
            addresses = started(lambda: _resolved(target, policy)).result(seconds)
        except SSRFGuardError as error:
            raise _inside(address, str(getattr(error, "reason", error))) from None
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            told = f"{address.origin}: no host of this name is known; check the address, and the connection"
            raise ArticleError(told) from None
        self._check_port(address, addresses)
        return Route(addresses, policy)

    def _policy(self, address: Address) -> "Policy":
        return self._named if address.host in self._hosts else self._answers

    def _strict_or(self, policy: "Policy", address: Address) -> "Policy":
        """Return what a host that is written as a number is held to: there nothing may be wrapped in another."""
        return self._strict if ":" in address.host else policy

    def _check_port(self, address: Address, addresses: "Sequence[Reachable]") -> None:
        if address.usual_port or address.host in self._hosts or all(map(self._is_allowed, addresses)):
            return
        raise ArticleError(
            f"{address.origin}: articles are fetched from the ports of the web, 80 and 443, "
            f"and not from {address.port}; {_SAVE}"
        )

    def _is_allowed(self, reachable: "Reachable") -> bool:
        return any(reachable.ip in network for network in self._networks)

    @cached_property
    def _strict(self) -> "Policy":
        return _policy(self._networks, ())

    @cached_property
    def _answers(self) -> "Policy":
        return _policy(self._networks, _REAL)

    @cached_property
    def _named(self) -> "Policy":
        return _policy((*self._networks, *map(ipaddress.ip_network, _INSIDE)), _REAL)


def _policy(allowed: Sequence[_Network], looked_into: Sequence[str]) -> "Policy":
    """Return what refuses every special address, except in `allowed`, and looks into those of `looked_into`."""
    from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Policy, Reach

    real = frozenset(map(ipaddress.ip_network, looked_into))
    blocks = tuple(
        replace(block, reach=Reach.DENIED) if block.reach is Reach.TRANSLATED and block.network not in real else block
        for block in DEFAULT_DENIED.blocks
    )
    unassigned = (Block(ipaddress.ip_network(n), "Not assigned", "RFC4291", Reach.DENIED) for n in _UNASSIGNED)
    table = AddressTable((*blocks, *unassigned), snapshot=DEFAULT_DENIED.snapshot)
    try:
        return Policy(
            denied_networks=table, allowed_networks=tuple(allowed), allowed_ports=frozenset(range(1, 65_536))
        )
    except ValueError as error:
        raise ConfigurationError(f"fetch_allow: {error}") from None


def _resolved(target: "Target", policy: "Policy") -> "tuple[Reachable, ...]":
    from ssrfguard import resolve

    return resolve(target, policy=policy)


def _inside(address: Address, reason: str) -> ArticleError:
    return ArticleError(
        f"{address.origin}: this host is not on the public web ({reason}); check the address. If it is in your own "
        "network and you want articles from it, name it in the setting fetch_allow"
    )


def _network(entry: str) -> _Network | None:
    """Return the network that an entry is, one address too; None for a name."""
    try:
        return ipaddress.ip_network(entry.strip().strip("[]"), strict=False)
    except ValueError:
        return None


def _name(entry: str) -> str:
    try:
        named = Address.parse(f"http://{entry.strip()}")
        if named.target == "/" and "/" not in entry:
            return named.host
    except ArticleError:
        pass
    raise ConfigurationError(
        f"fetch_allow: {entry!r} is neither a host nor a network; write intranet.example.org or 10.20.0.0/16"
    )
