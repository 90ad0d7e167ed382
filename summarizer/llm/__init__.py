"""The model boundary: the only package that knows openai, instructor and tenacity."""

from summarizer.llm.client import Answer, Around, Call, Client, Session
from summarizer.llm.endpoint import Endpoint, Limits

__all__ = ["Answer", "Around", "Call", "Client", "Endpoint", "Limits", "Session"]
