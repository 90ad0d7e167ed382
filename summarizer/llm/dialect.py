"""The dialect of the protocol that an endpoint speaks: learned from what it refuses and how it answers, then kept."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from summarizer.llm.schema import BOUNDS, KEYWORDS, REFERENCES

__all__ = ["SCHEMA_IN_MESSAGE", "Complaint", "Dialect", "Form", "Learned"]

#: How an answer's shape is asked for, best first: a strict schema, its bare shape, a tool's parameters, any JSON
#: object, plain text. From ``json_object`` on nothing holds the model to the schema, so it stands in the message.
Form = Literal["json_schema", "reduced_schema", "tools", "json_object", "text"]
_LADDER: tuple[Form, ...] = get_args(Form)
SCHEMA_IN_MESSAGE: frozenset[Form] = frozenset({"json_object", "text"})

#: The name by which the protocol bounds an answer today, and the one before it.
_LIMITS = ("max_tokens", "max_completion_tokens")
#: Fields of ours that are left out where an endpoint refuses them by name; `request.build` asks for each of them.
_MAY_BE_LEFT_OUT = ("temperature", "reasoning_effort", "strict", "tool_choice", *_LIMITS)
#: Room for hidden tokens once a model is known to reason. Few sizes, so that a limit seldom changes again.
_ROOMS = (8_192, 32_768, 65_536)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an endpoint said when it would not take a request.

    Attributes:
        status: HTTP status.
        text: its message, with the parameter and the code that it names.
        sent: names that stood in the request and may be left out: body fields, schema keywords, ``system``.
        limit: bound on the answer that was sent, in tokens.
    """

    status: int
    text: str
    sent: AbstractSet[str]
    limit: int


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint was found to accept.

    Attributes:
        form: how the answer's shape is asked for.
        refused: names of body fields and schema keywords that are left out; ``system`` for the role.
        reasons: whether the model was seen to think before it answers.
        thinking_tokens: room for hidden tokens, added to the limit of each answer.
        answer_tokens: the largest limit that the endpoint takes, None while it took every one.
        context_tokens: its context window, None while it did not say.
        answer_in_window: whether it counts the limit of the answer into that window.
    """

    form: Form = "json_schema"
    refused: frozenset[str] = frozenset()
    reasons: bool = False
    thinking_tokens: int = 0
    answer_tokens: int | None = None
    context_tokens: int | None = None
    answer_in_window: bool = False

    @property
    def limit_name(self) -> str | None:
        """The body field that bounds the answer; None where the endpoint takes none."""
        return next((name for name in _LIMITS if name not in self.refused), None)

    def without(self, *names: str) -> "Dialect":
        """Return the dialect that leaves out `names`, too."""
        return replace(self, refused=self.refused | set(names))

    def at(self, form: Form) -> "Dialect":
        """Return the dialect that asks in another form."""
        return replace(self, form=form)

    def lower(self, least: Form | None = None) -> "Dialect | None":
        """Return the dialect of the next form, from `least` on if that is given; None at the end of the ladder."""
        place = max(_LADDER.index(self.form) + 1, _LADDER.index(least) if least else 0)
        return self.at(_LADDER[place]) if place < len(_LADDER) else None

    def roomier(self, hidden: int) -> "Dialect | None":
        """Return the dialect with more room, after thinking used `hidden` tokens up; None at the most."""
        if self.thinking_tokens >= _ROOMS[-1]:
            return None
        return replace(self, reasons=True, thinking_tokens=_room(max(self.thinking_tokens + 1, 2 * hidden)))

    def seen_thinking(self, hidden: int) -> "Dialect":
        """Return the dialect with room for four times the hidden tokens of an answer that came whole."""
        return replace(self, reasons=True, thinking_tokens=max(self.thinking_tokens, _room(4 * hidden)))

    def after(self, complaint: Complaint) -> "Dialect | None":
        """Return the dialect to try next after a refusal; None where it is not about the form of the request.

        Only what the complaint names is given up, so an unrelated one is reported at once.
        """
        said = complaint.text.lower()
        if is_too_long(said):
            return self._within_window(said)
        return (
            self._within_limit(complaint, said)
            or self._without_field(complaint, said)
            or self._without_system(complaint, said)
            or self._without_keyword(complaint)
            or self._in_lower_form(said)
        )

    def _within_window(self, said: str) -> "Dialect | None":
        """Learn the context window, where the endpoint names one that is smaller than what is known."""
        found = next(filter(None, (pattern.search(said) for pattern in _WINDOWS)), None)
        window = int(_digits(found["tokens"])) if found else 0
        shared = self.answer_in_window or _ANSWER.search(said) is not None
        if window < 256 or window > (self.context_tokens or window):
            return None
        better = replace(self, context_tokens=window, answer_in_window=shared)
        return better if better != self else None

    def _within_limit(self, complaint: Complaint, said: str) -> "Dialect | None":
        """Learn the largest answer limit: ``max_tokens`` is blamed, and a smaller number stands beside it."""
        if not _ANSWER_LIMIT.search(said):
            return None
        numbers = [int(_digits(n)) for n in _NUMBER.findall(said)]
        largest = max((n for n in numbers if 16 <= n < complaint.limit), default=None)
        return replace(self, answer_tokens=largest) if largest else None

    def _without_field(self, complaint: Complaint, said: str) -> "Dialect | None":
        if "max_completion_tokens" in said and "max_tokens" in complaint.sent:
            # only reasoning models refuse the older name, and they let nobody set a temperature
            return replace(self.without("max_tokens", "temperature"), reasons=True)
        named = next((name for name in _MAY_BE_LEFT_OUT if name in complaint.sent and _names(said, name)), None)
        return self.without(named) if named else None

    def _without_system(self, complaint: Complaint, said: str) -> "Dialect | None":
        return self.without("system") if "system" in complaint.sent and _SYSTEM.search(said) else None

    def _without_keyword(self, complaint: Complaint) -> "Dialect | None":
        """Give up the schema's keyword that is named; in English "pattern" or "maximum" may mean something else."""
        if not _SCHEMA.search(complaint.text):
            return None
        keywords = sorted(complaint.sent & _KEYWORDS, key=len, reverse=True)
        named = next((word for word in keywords if _names(complaint.text, re.escape(word))), None)
        if named is None:
            return None
        alike = next((group for group in (BOUNDS, REFERENCES) if named in group), frozenset({named}))
        return self.without(*alike)

    def _in_lower_form(self, said: str) -> "Dialect | None":
        if _VAGUE.search(said):
            return self.lower()
        blamed = _BLAMES[self.form]
        if blamed is None or not blamed.search(said):
            return None
        contents = self.form == "json_schema" and _CONTENTS.search(said.replace("json_schema", ""))
        return self.lower() if contents or self.form != "json_schema" else self.lower("tools")


_SCHEMA_FORM = re.compile(
    r"response_format|response format|json_schema|structured output|json mode|guided|grammar|schema"
    r"|input should be 'text'"
)
#: The words by which an endpoint says that it does not know a form.
_BLAMES: dict[Form, re.Pattern[str] | None] = {
    "json_schema": _SCHEMA_FORM,
    "reduced_schema": _SCHEMA_FORM,
    "tools": re.compile(r"tool|function"),
    "json_object": re.compile(r"response_format|response format|json_object|json mode|json_schema"),
    "text": None,
}
_KEYWORDS = KEYWORDS | REFERENCES
#: A strict schema is understood and something in it is not: its bare shape may do.
_CONTENTS = re.compile(r"schema|grammar|feature")
_SCHEMA = re.compile(r"schema|response_format|grammar|keyword|strict|parameters|JSON payload", re.IGNORECASE)
_SYSTEM = re.compile(r"system (?:role|message|prompt|instruction)|role.{0,20}system|developer instruction|\"system\"")
#: Gemini's, Together's and others' word for a schema or a field that they do not like and do not name.
_VAGUE = re.compile(r"invalid argument|invalid_argument|input validation error(?! ?:)")
_ANSWER_LIMIT = re.compile(r"max_(?:completion_|output_|new_)?tokens|(?:completion|output) tokens")
_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|window|size|limit)|exceed_context|prompt is too long|input is too long|"
    r"too many (?:input )?tokens|input token count|maximum (?:input|prompt) length|range of input length|"
    r"request (?:body )?too large|exceeds? (?:the )?max(?:imum)? length|max_seq_len|supported sequence length|"
    r"`inputs` (?:tokens|must)|"
    r"(?:reduce|shorten) (?:the|your) (?:length|prompt|input|message)"
)
_ANSWER = re.compile(r"completion|max_\w*tokens|output|\d \+ \d")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,_]*(?![\w.]*\d)")
#: Where the window's size stands, the surest place first; beside each the words of one server that writes so.
_WINDOWS = tuple(
    re.compile(pattern.replace("N", r"(?P<tokens>\d[\d,_]*)"))
    for pattern in (
        r"n_ctx\W{1,4}N",  # llama.cpp, LM Studio: "n_ctx: 4096"
        r"range of input length should be \[1, N",  # DashScope
        r"N (?:token )?(?:maximum )?context",  # Mistral: "model with 32768 maximum context length"
        r"(?:context[ _-]?(?:length|window|size)|tokens allowed)[^\d.]{0,40}N",  # OpenAI, vLLM, Gemini
        r"limit of N",  # OpenAI: "input tokens exceed the configured limit of 272000 tokens"
        r"max size: N",  # GitHub Models: "Max size: 8000 tokens"
        r"must (?:be <=|have less than) N",  # text-generation-inference
        r"max_seq_len N",  # TabbyAPI
        r"supported sequence length is (?:just )?N",  # SambaNova
        r"\(tpm\): limit N",  # OpenAI, of a question larger than a minute's quota
        r"> N",  # Anthropic: "212345 tokens > 200000 maximum"
    )
)


def is_too_long(said: str) -> bool:
    """Tell whether an endpoint complains that a prompt, with its answer, does not fit into its context window."""
    return _TOO_LONG.search(said.lower()) is not None


def _room(tokens: int) -> int:
    """Return the smallest room for so many tokens, or the largest that there is."""
    return next((room for room in _ROOMS if room >= tokens), _ROOMS[-1])


def _names(said: str, name: str) -> bool:
    """Tell whether a name stands in a complaint, with its underscores or, as in ``reasoningEffort``, without."""
    return re.search(rf"(?<!\w){name.replace('_', '_?')}(?!\w)", said) is not None


def _digits(text: str) -> str:
    return text.replace(",", "").replace("_", "")


@dataclass(slots=True)
class Learned:
    """What all questions to one endpoint have learned about it; shared between them, threads included.

    Attributes:
        dialect: the dialect to ask in.
        fitting: forms in which the endpoint gave an answer of the right shape.
    """

    dialect: Dialect = field(default_factory=Dialect)
    fitting: set[Form] = field(default_factory=set)

    def learn(self, known: Dialect, better: Dialect) -> None:
        """Keep `better`, unless somebody else has learned since `known`: then that is tried first."""
        if self.dialect == known:
            self.dialect = better
