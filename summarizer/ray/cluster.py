"""The Ray cluster that does the work: one of this machine's own, or one that runs already."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from summarizer.errors import ConfigurationError

__all__ = ["LOCAL", "joined", "need_ray"]

LOCAL = "local"
#: Only slices of tables go through the object store: it needs no third of the memory, as is Ray's default.
_STORE_BYTES = 500_000_000
#: Ray's own word for "one machine alone": its servers listen on loopback then, and not on every address. It is read
#: when Ray is imported.
_LOOPBACK = ("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
#: Ray prints what befell a worker into the output of whoever waits. It is read when Ray is imported, too.
_NO_REPORTS = ("RAY_DEDUP_LOGS_SKIP_REGEX", ".")
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is sent to anybody but the endpoint
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # standard error is for our own lines; Ray keeps its log in its folder
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


def need_ray() -> Any:
    """Return the module ``ray`` with ``ray.data`` in it.

    Raises:
        ConfigurationError: it is not installed.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray.data
    except ImportError:
        raise ConfigurationError(
            "digests on many machines need the package ray", "install it: pip install 'summarizer-briefs[ray]'"
        ) from None
    return ray


@contextmanager
def joined(address: str) -> Iterator[Any]:
    """Be part of a cluster while the block lasts, and give the module ``ray``.

    A cluster that this process is part of already is left as it is. Ray decides where its servers listen when it is
    imported: take the module from here, or a local Ray listens on every address of this machine.

    Args:
        address: ``local`` starts one on this machine, on loopback, that ends with the block; else as ``ray.init``
            takes it: ``auto``, ``host:6379``, ``ray://host:10001``.

    Raises:
        ConfigurationError: Ray is not installed, or no cluster answers there.
    """
    if address == LOCAL:
        os.environ.setdefault(*_LOOPBACK)
    os.environ.setdefault(*_NO_REPORTS)
    ray = need_ray()
    if ray.is_initialized():
        yield ray
        return
    _join(address)
    _hush()
    try:
        yield ray
    finally:
        ray.shutdown()


def _hush() -> None:
    """Have Ray say nothing of its own: progress and errors are ours to tell."""
    ray = need_ray()
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray").setLevel(logging.CRITICAL)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)


def _join(address: str) -> None:
    ray = need_ray()
    ours: dict[str, Any] = {"include_dashboard": False, "object_store_memory": _STORE_BYTES}
    where = ours if address == LOCAL else {"address": address}
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **where)
    except (ConnectionError, ValueError, RuntimeError, ImportError) as error:
        told = next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
        raise ConfigurationError(
            f"no Ray cluster could be used at {address!r}: {told}",
            "start one with: ray start --head; or have one on this machine alone: --ray local",
        ) from None
