"""The sandbox of prompt templates: what a template may do, held against its source and once more as it is rendered.

A template shows the values that it is given. It calls nothing, loads nothing, multiplies nothing and loops over each
value once, so that no source of a few thousand characters can take long, grow large or reach what it was not given.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from summarizer.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

__all__ = ["hold", "one_turn", "render", "variables"]

_Made = TypeVar("_Made")
#: The longest source, ten times that of the longest standard template; and the longest text made of one.
_SOURCE_CHARS, _TEXT_CHARS = 32_000, 8_000_000
#: Filters whose result is hardly longer than what they are given.
_FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "first", "float", "groupby", "int", "join", "last", "length"),
    *("list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr"),
    *("sort", "string", "title", "trim", "truncate", "unique", "upper", "wordcount"),
)
#: What a template may hold, by Jinja's names of the parts of its syntax.
_ALLOWED = frozenset(
    (
        *("Template", "Output", "TemplateData", "Name", "Const", "For", "If", "CondExpr", "Assign", "Tuple", "List"),
        *("Getattr", "Getitem", "Slice", "Filter", "Test", "Compare", "Operand", "And", "Or", "Not", "Neg", "Pos"),
        *("Add", "Sub", "Concat", "Keyword"),
    )
)
_SHOWS = "a template may only show the values that it is given: take it out"
#: What some servers read as the end of a message.
_TURN = ("<|", "|>")


def render(source: str, values: Mapping[str, Any], place: str) -> str:
    """Fill in a template; values are data, they are never parsed as templates.

    Args:
        source: of the template.
        values: what its names stand for.
        place: what the template is called in an error.

    Raises:
        TemplateError: a value is missing, the template does what the sandbox forbids, or its text grows too long.
    """
    import jinja2

    try:
        return _written(_compiled(source).generate(dict(values)), place).strip()
    except (jinja2.TemplateError, RecursionError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        said = getattr(error, "message", None) or str(error) or type(error).__name__
        raise TemplateError(f"{place}{_line(error)}: {said}") from error


def variables(source: str) -> tuple[str, ...]:
    """Return the names of the values that a template is to be given, sorted."""
    import jinja2.meta

    return tuple(sorted(jinja2.meta.find_undeclared_variables(_environment().parse(source))))


def hold(source: str, known: Collection[str], place: str) -> None:
    """Hold the source of a template against what it may do, before anything is made of it.

    Args:
        source: of the template.
        known: the names of the values that it is given.
        place: what the template is called in an error.

    Raises:
        TemplateError: it is too long, cannot be read, or does anything but show the values that it is given.
    """
    if len(source) > _SOURCE_CHARS:
        raise TemplateError(f"{place}: it is longer than {_SOURCE_CHARS:,} characters", "shorten it")
    one_turn(source, place)
    tree = _made(_environment().parse, source, place)
    names = frozenset(known)
    for number, what, advice in _made(lambda _: tuple(_objections(tree, names)), source, place):
        raise TemplateError(f"{place}, line {number}: {what}", advice)
    _made(_compiled, source, place)  # only now: what is fixed in a template is reckoned as it is compiled


def one_turn(text: str, place: str) -> None:
    """Hold a template, or a text made of one, to what no server reads as the end of a message.

    Raises:
        TemplateError: it has what some do.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if any(mark in line for mark in _TURN):
            what = "“<|” and “|>” end a message at some servers"
            raise TemplateError(f"{place}, line {number}: {what}", "take them out")


def _made(make: Callable[[str], _Made], source: str, place: str) -> _Made:
    """Return what is made of a source.

    Raises:
        TemplateError: its syntax is wrong, or it names a filter or test that there is not.
    """
    import jinja2

    try:
        return make(source)
    except jinja2.TemplateSyntaxError as error:
        advice = (
            f"filters to be had: {', '.join(_FILTERS)}" if "filter" in (error.message or "") else "mend this line"
        )
        raise TemplateError(f"{place}, line {error.lineno}: {error.message}", advice) from None
    except (RecursionError, SyntaxError, ValueError, ArithmeticError, MemoryError) as error:
        raise TemplateError(f"{place}: it cannot be read ({error})", "write it more simply") from None


def _objections(tree: "nodes.Template", known: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what a template does beside showing the values it is given: line, what it is, what to do."""
    from jinja2 import nodes

    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    put = {n.name for each in tree.find_all(nodes.Assign) for n in _names(each.target)}
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if kind not in _ALLOWED:
            yield node.lineno, f"{_called(kind)} is not for templates", _SHOWS
        elif hidden := next((word for word in _reached(node) if word.startswith("_")), ""):
            yield node.lineno, f"“{hidden}” is no part of a value", _SHOWS
        elif isinstance(node, nodes.Name) and node.name not in known | own | {"loop"}:
            yield (
                node.lineno,
                f"it is not given “{node.name}”",
                f"what it is given: {', '.join(sorted(known)) or '–'}",
            )
        elif isinstance(node, nodes.Filter) and any(not _fixed(each) for each in (*node.args, *node.kwargs)):
            yield node.lineno, f"“{node.name}” takes fixed words only", "write them into the template"
        elif isinstance(node, nodes.Assign) and any(name.name in put for name in _names(node.node)):
            yield node.lineno, "“set” builds on another “set”", "build it from the values that the template is given"
        elif isinstance(node, nodes.For):
            yield from _loops(node)


def _loops(loop: "nodes.For") -> Iterator[tuple[int, str, str]]:
    """Yield what makes a loop run more often than its value has parts."""
    from jinja2 import nodes

    if loop.recursive:
        yield loop.lineno, "a loop that calls itself is not for templates", _SHOWS
    targets = {name.name for name in _names(loop.target)}
    for inner in _inner(loop):
        root: Any = inner.iter
        while isinstance(root, nodes.Getattr | nodes.Getitem | nodes.Filter):
            root = root.node
        if not (isinstance(root, nodes.Name) and root.name in targets):
            shown = " and ".join(sorted(targets))
            yield inner.lineno, "a loop inside a loop may only go over a part of what that one shows", f"over {shown}"


def _inner(loop: "nodes.Node") -> Iterator["nodes.For"]:
    """Yield the loops directly inside a loop; those inside them have their own turn."""
    from jinja2 import nodes

    for each in loop.iter_child_nodes():
        if isinstance(each, nodes.For):
            yield each
        else:
            yield from _inner(each)


def _names(node: "nodes.Node") -> "Iterator[nodes.Name]":
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)


def _reached(node: "nodes.Node") -> Iterator[str]:
    """Yield the names of the parts of a value that a node reaches for."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        yield node.attr
    given: list[nodes.Node] = [node.arg] if isinstance(node, nodes.Getitem) else []
    if isinstance(node, nodes.Filter):
        given = [*node.args, *(each.value for each in node.kwargs)]
    fixed = (each.value for each in given if isinstance(each, nodes.Const))
    yield from (part for value in fixed if isinstance(value, str) for part in value.split("."))


def _fixed(node: "nodes.Node") -> bool:
    from jinja2 import nodes

    return isinstance(node.value if isinstance(node, nodes.Keyword) else node, nodes.Const)


def _called(kind: str) -> str:
    """Return what people call a part of the syntax."""
    words = {"Call": "a call with “(…)”", "FromImport": "“import”", "Mul": "“*”", "Pow": "“**”", "Mod": "“%”"}
    return words.get(kind, f"“{kind.lower()}”")


def _line(error: BaseException) -> str:
    """Return the line of a template at which its rendering stopped, for a message; empty where it is unknown."""
    number, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            number = trace.tb_lineno
        trace = trace.tb_next
    return f", line {number}" if number else ""


def _written(pieces: Iterator[str], place: str) -> str:
    """Put a text together until it grows longer than any prompt."""
    text, chars = list[str](), 0
    for piece in pieces:
        chars += len(piece)
        if chars > _TEXT_CHARS:
            raise TemplateError(f"{place}: its text grows longer than {_TEXT_CHARS:,} characters", "show less")
        text.append(piece)
    return "".join(text)


@cache
def _environment() -> "Environment":
    import jinja2
    import jinja2.sandbox

    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        optimized=False,  # what an expression is worth is not reckoned before its source is held
    )
    made.globals.clear()
    made.filters = {**{name: made.filters[name] for name in _FILTERS}, "join": _bounded(made.filters["join"])}
    return made


def _bounded(join: Callable[..., Any]) -> Callable[..., Any]:
    """Return Jinja's filter for lists that makes no text longer than any prompt."""
    import jinja2

    @jinja2.pass_eval_context
    def joined(context: Any, value: Any, d: str = "", attribute: Any = None) -> Any:
        parts = list(value)
        if len(parts) * len(d) > _TEXT_CHARS:
            raise jinja2.TemplateRuntimeError(f"“join” makes more than {_TEXT_CHARS:,} characters")
        return join(context, parts, d, attribute)

    return joined


@lru_cache(maxsize=64)
def _compiled(source: str) -> Any:
    return _environment().from_string(source)
