"""The model boundary: the only package that knows openai, instructor and tenacity.

Light by itself; what asks a model, `summarizer.llm.client`, is imported where a model is asked.
"""

from summarizer.llm.dialect import Dialect, Learned
from summarizer.llm.endpoint import Endpoint, Limits
from summarizer.llm.extras import Extras

__all__ = ["Dialect", "Endpoint", "Extras", "Learned", "Limits"]
