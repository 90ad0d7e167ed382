"""Who is who in an article: names, offices and pronouns brought to the person or body they stand for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from summarizer.speech.mentions import Mention
from summarizer.speech.parts import Speaker

__all__ = ["People"]


@dataclass(slots=True)
class _Entry:
    """One person or body, as far as it has been read about."""

    name: str
    start: int
    end: int
    body: bool
    role: str | None = None
    organisation: str | None = None
    head: str = ""
    words: tuple[str, ...] = field(default=())

    def speaker(self) -> Speaker:
        return Speaker(self.name, self.role, self.organisation, self.start, self.end)


class People:
    """The persons and bodies of one article, filled from its start to its end."""

    def __init__(
        self, text: str, synonyms: Mapping[str, str], parts: Callable[[str], Sequence[str]] = str.split
    ) -> None:
        """Take the article, other words for an office, and what parts a name into what it may be shortened to."""
        self._text = text
        self._synonyms = synonyms
        self._parts = parts
        self._entries: list[_Entry] = []

    def learn(self, mentions: Sequence[Mention]) -> None:
        """Take in the persons and bodies that noun phrases name: first those in full, then titled family names."""
        named = [
            m for m in mentions if m.name is not None and (m.kind == "body" or m.role or len(self._words(m)) > 1)
        ]
        for mention in named:
            if mention.kind == "body" or len(self._words(mention)) > 1:
                self._learn(mention, self._words(mention))
        for mention in named:
            if mention.kind == "person" and len(self._words(mention)) == 1 and not self._alike(mention):
                self._learn(mention, self._words(mention))

    def _learn(self, mention: Mention, words: tuple[str, ...]) -> None:
        same = [e for e in self._entries if e.words == words and e.body == (mention.kind == "body")]
        if not same:
            self._entries.append(self._entry(mention, words))
        elif same[0].role is None and mention.role:
            self._describe(same[0], mention)

    def _alike(self, mention: Mention) -> list[_Entry]:
        """Return the persons whose name begins or ends with the one given."""
        words = self._words(mention)
        short = {words[0], words[-1], self._text[slice(*mention.name)] if mention.name else ""}
        return [e for e in self._entries if not e.body and short & {e.words[0], e.words[-1]}]

    def _words(self, mention: Mention) -> tuple[str, ...]:
        return tuple(self._parts(self._text[slice(*mention.name)])) if mention.name else ()

    def _entry(self, mention: Mention, words: tuple[str, ...]) -> _Entry:
        start, end = mention.name or (0, 0)
        entry = _Entry(self._text[start:end], start, end, mention.kind == "body", words=words)
        self._describe(entry, mention)
        return entry

    def _describe(self, entry: _Entry, mention: Mention) -> None:
        entry.role = self._text[slice(*mention.role)] if mention.role else None
        entry.organisation = self._text[slice(*mention.organisation)] if mention.organisation else None
        entry.head = mention.head

    def resolve(self, mention: Mention, focus: Speaker | None) -> Speaker | None:
        """Return whom a noun phrase stands for, None when the article does not settle it.

        Args:
            mention: the noun phrase.
            focus: the person that the text before was about.
        """
        if mention.kind == "pronoun":
            return focus
        if mention.kind == "many":
            return None
        if mention.kind == "role":
            return self._by_role(mention, focus)
        if mention.kind == "body":
            return self._by_body(mention)
        return self._by_name(mention)

    def _by_name(self, mention: Mention) -> Speaker | None:
        words = self._words(mention)
        exact = [e for e in self._entries if e.words == words and len(words) > 1]
        if exact:
            return exact[0].speaker()
        alike = self._alike(mention)
        if len(words) > 1:
            alike = [e for e in alike if set(words) < set(e.words) or set(words) > set(e.words)]
        alike = [e for e in alike if not any(o.words == e.words[-len(o.words) :] for o in alike if o is not e)]
        if len(alike) > 1 and mention.head:
            alike = [e for e in alike if mention.head == e.head] or alike
        if len(alike) == 1:
            return alike[0].speaker()
        if alike:
            return None
        return self._new(mention, words)

    def _new(self, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
        """Trust a name that was not read before if it is more than a capital at a sentence's head."""
        if len(words) == 1 and mention.low == 0 and f" {words[0]}" not in self._text:
            return None
        return self._entry(mention, words).speaker()

    def _by_role(self, mention: Mention, focus: Speaker | None) -> Speaker | None:
        start, end = mention.role or (0, 0)
        organisation = self._text[slice(*mention.organisation)] if mention.organisation else None
        people = [e for e in self._entries if not e.body and e.head]
        head = self._synonyms.get(mention.head, mention.head)
        alike = [e for e in people if e.head == head] or [e for e in people if _subsumes(e.head, head)]
        if organisation:
            alike = [e for e in alike if e.organisation == organisation]
        if len(alike) > 1 and focus is not None and any(e.start == focus.start for e in alike):
            return focus
        if alike:
            return alike[0].speaker() if len(alike) == 1 else None
        return Speaker(self._text[start:end], self._text[start:end], organisation, start, end)

    def _by_body(self, mention: Mention) -> Speaker | None:
        start, end = mention.name or (0, 0)
        name = self._text[start:end]
        whole = [e for e in self._entries if e.body and e.words[-1:] and _within(name, e.name) and e.start != start]
        longer = [e for e in whole if e.start < start]
        if len(longer) == 1:
            return longer[0].speaker()
        return Speaker(name, None, None, start, end)


def _subsumes(head: str, wanted: str) -> bool:
    return set(wanted.split()) < set(head.split())


def _within(short: str, long: str) -> bool:
    return short != long and set(short.lower().split()) <= set(long.lower().split()) and long[:1].isupper()
