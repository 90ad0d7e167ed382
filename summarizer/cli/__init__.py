"""The command ``summarizer``: from flags to calls, from errors to exit codes, and nothing else."""

from summarizer.cli.app import app, main

__all__ = ["app", "main"]
