"""Mistral's API, models that always reason (magistral-medium-latest).

Sources, beside those of `mistral`:
- https://github.com/langchain4j/langchain4j/pull/4474, https://github.com/agentjido/req_llm/issues/742,
  https://github.com/spring-projects/spring-ai/pull/5020 (`content` is a list: a chunk of type "thinking", which holds
  chunks of text, then a chunk of type "text")
- https://docs.mistral.ai/api/endpoint/chat (`max_tokens` bounds the tokens of the whole completion, the chunk of
  thinking with it)
"""

from typing import Any

from tests.providers.mistral import PATH, script

__all__ = ["PATH", "SETTINGS", "script"]

SETTINGS: dict[str, Any] = {"model": "magistral-medium-latest"}
