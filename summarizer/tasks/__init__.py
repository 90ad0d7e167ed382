"""Fields of an office's own: what they are called, how each is proved, and the JSON Schema that they come from."""

from summarizer.tasks.task import Task

__all__ = ["Task"]
