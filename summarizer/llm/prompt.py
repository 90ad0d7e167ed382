"""A rendered prompt: what a question to a model is made of."""

from dataclasses import dataclass

__all__ = ["Message", "Prompt"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; role is ``system`` or ``user``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt.

    Attributes:
        task: the template's task.
        signature: version and hash of the template, e.g. ``v1#3f9a0c12``.
        messages: what is sent.
    """

    task: str
    signature: str
    messages: tuple[Message, ...]
