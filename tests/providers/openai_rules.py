"""The rules by which OpenAI, and Azure after it, read a chat-completions request.

Sources:
- https://github.com/openai/openai-python/blob/main/src/openai/types/chat/completion_create_params.py (the fields of a
  request; `max_completion_tokens` counts visible and reasoning tokens)
- https://github.com/nashsu/llm_wiki/issues/336 and https://github.com/davidmigloz/langchain_dart/issues/712
  ("Unrecognized request argument supplied", 400, also for `reasoning_effort` at a model without reasoning)
- https://github.com/namankhurpia/Easy-open-ai/issues/38 (the plural of it)
- https://github.com/moeru-ai/xsai/issues/202 (`additionalProperties`, with type and param)
- https://github.com/sherifkozman/the-llm-council/issues/9 (`required` must name every property)
- https://github.com/jina-ai/node-DeepResearch/issues/79 (`maxLength` "is not permitted")
- https://github.com/langchain-ai/langchainjs/issues/11381 (keywords beside a `$ref`)
- https://github.com/dotnet/extensions/issues/6196 (the same rules for a strict function: message, param, code)
- https://developers.openai.com/api/docs/guides/structured-outputs, quoted at length in
  https://github.com/MervinPraison/PraisonAI/pull/1028 (bounds of numbers and lists and `pattern` are supported,
  lengths of strings are not among them)
"""

from collections.abc import Iterator

from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming

from tests.providers.protocol import Json, functions, refusal, response_format, subschemas
from tests.support.endpoint import Reply, Request

#: The fields of a request, by OpenAI's own typed library.
FIELDS = frozenset(CompletionCreateParamsNonStreaming.__annotations__)
#: Keywords of a strict schema that OpenAI refuses.
REFUSED = frozenset({"minLength", "maxLength"})
_WRONG = "invalid_request_error"


def unknown_fields(request: Request, known: frozenset[str] = FIELDS) -> Reply | None:
    """Refuse fields that the API does not have."""
    names = sorted(set(request.body) - known)
    if not names:
        return None
    noun = "argument" if len(names) == 1 else "arguments"
    return refusal(400, f"Unrecognized request {noun} supplied: {', '.join(names)}", _WRONG)


def strict_schema(request: Request, refused: frozenset[str] = REFUSED) -> Reply | None:
    """Refuse a strict schema outside the subset, in the response format or in a tool."""
    asked = response_format(request).get("json_schema") or {}
    if asked.get("strict") and (fault := next(_faults(asked["schema"], refused), None)):
        return refusal(
            400, f"Invalid schema for response_format '{asked['name']}': {fault}", _WRONG, "response_format"
        )
    for number, function in enumerate(functions(request)):
        if function.get("strict") and (fault := next(_faults(function["parameters"], refused), None)):
            told = f"Invalid schema for function '{function['name']}': {fault}"
            return refusal(400, told, _WRONG, f"tools[{number}].function.parameters", "invalid_function_parameters")
    return None


def _faults(schema: Json, refused: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with a strict schema, in OpenAI's words."""
    for context, node in subschemas(schema):
        beside = sorted(set(node) - {"$ref"})
        if "$ref" in node and beside:
            yield f"context={context}, $ref cannot have keywords {set(beside)}."
        if node.get("type") == "object":
            yield from _object_faults(context, node)
        for keyword in sorted(refused & set(node)):
            yield f"In context={context}, '{keyword}' is not permitted."


def _object_faults(context: tuple[str, ...], node: Json) -> Iterator[str]:
    if node.get("additionalProperties") is not False:
        yield f"In context={context}, 'additionalProperties' is required to be supplied and to be false."
    missing = [name for name in node.get("properties", {}) if name not in node.get("required", [])]
    if missing:
        yield (
            f"In context={context}, 'required' is required to be supplied and to be an array including every "
            f"key in properties. Missing '{missing[0]}'."
        )
