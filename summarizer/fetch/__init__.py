"""Articles by address: where a request may go, how it is asked politely, and how much of an answer is taken."""

from summarizer.fetch.address import Address
from summarizer.fetch.fetcher import Fetched, Fetcher, Limits, need

__all__ = ["Address", "Fetched", "Fetcher", "Limits", "need"]
