"""Entities: the persons and bodies of an article, and which of them a name, an office or a pronoun stands for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from summarizer.speech.lexicon import Lexicon
from summarizer.speech.mention import Mention
from summarizer.speech.model import Speaker
from summarizer.speech.words import Span

__all__ = ["Entities", "Gender", "gender"]

Gender = Literal["male", "female", ""]
_INSIDE = re.compile(r"(?:[\w,;(–—-] |['’(])([A-ZÀ-Þ]\w*)")
_HEAD = re.compile(r"(?:^|[.!?…»”\"] )([A-ZÀ-Þ]\w*)", re.MULTILINE)
_SMALL = re.compile(r"\b[a-zà-ÿ]\w*")
_NAMESAKES = 16  # persons with one name; with more the article is a list, and nobody can be told apart


@dataclass(slots=True)
class _Entry:
    """One person or body, as far as it has been read about."""

    name: str
    start: int
    end: int
    role: str | None = None
    organisation: str | None = None
    head: str = ""
    words: tuple[str, ...] = field(default=())
    gender: Gender = ""

    def speaker(self) -> Speaker:
        """Return what the finder tells of it."""
        return Speaker(self.name, self.role, self.organisation, self.start, self.end)


class Entities:
    """The persons and bodies of one article; filled first, asked afterwards."""

    def __init__(self, text: str, lex: Lexicon, parts: Callable[[str], Sequence[str]] = str.split) -> None:
        """Take the article, its language, and what parts a name into what it may be shortened to."""
        self._text = text
        self._lex = lex
        self._parts = parts
        self._whole: dict[tuple[bool, tuple[str, ...]], _Entry] = {}
        self._persons: dict[str, list[_Entry]] = {}  # by the words that may stand for the name
        self._heard: set[tuple[str, ...]] = set()
        self._unnamed: dict[str, Speaker] = {}  # by the words of the office
        self._offices: dict[str, list[_Entry]] = {}  # by the words of the office
        self._starting: dict[int, _Entry] = {}  # persons, by where the name stands
        self._callings: dict[int, list[_Entry]] = {}  # by the group of nouns for their calling
        self._leaders: list[_Entry] = []  # persons at the head of a body
        self._bodies: dict[str, list[_Entry]] = {}  # by each word of the name, in small letters

    def learn(self, mentions: Sequence[Mention]) -> None:
        """Take in the persons and bodies that noun phrases name: first those in full, then titled family names."""
        bodies = [Mention(m.low, m.high, "body", m.organisation) for m in mentions if m.organisation]
        named = [(m, self._words(m)) for m in [*mentions, *bodies] if m.name is not None]
        for mention, words in named:
            if mention.kind == "body" or len(words) > 1:
                self._learn(mention, words)
        self._join()
        for mention, words in named:
            told = mention.role or (words and self._gender(mention, words))  # "Minister Wen", "Mr. Wen"
            if mention.kind == "person" and len(words) == 1 and told:
                alike = self._alike(mention, words)[:2]
                if not alike or (len(alike) == 1 and mention.role):
                    self._learn(mention, alike[0].words if alike else words)  # "Ugo Neri …, il ministro Neri"

    def _learn(self, mention: Mention, words: tuple[str, ...]) -> None:
        body = mention.kind == "body"
        entry = self._whole.get((body, words))
        if entry is None:
            entry = self._whole[body, words] = self._entry(mention, words)
            for word in self._shortened(words) if not body else {word.lower() for word in words}:
                (self._bodies if body else self._persons).setdefault(word, []).append(entry)
        elif entry.role is None and mention.role:
            self._describe(entry, mention)
        else:
            return
        if not body:
            self._starting[entry.start] = entry
        if entry.head:
            self._offices.setdefault(entry.head, []).append(entry)
            if entry.organisation and _nouns(entry.head) & self._lex.entities.leaders:
                self._leaders.append(entry)
            for number, group in enumerate(self._lex.entities.hypernyms):
                if not group.isdisjoint(_nouns(entry.head)):
                    self._callings.setdefault(number, []).append(entry)

    def _shortened(self, words: tuple[str, ...]) -> set[str]:
        """Return the words by which a person may be called: a given name, a family name, the first of two."""
        inner = words[1:-1] if self._lex.language.two_family_names else ()
        return {words[0], words[-1], *(word for word in inner if word[0].isupper())}

    def _join(self) -> None:
        """Take a family name of several words for the one person who bears it: "De Santis" is Paolo De Santis."""
        for (body, words), entry in list(self._whole.items()):
            longer = [] if body else [e for e in self._persons.get(words[-1], []) if _ends_with(e.words, words)]
            if len(longer) == 1 and not entry.role:
                self._whole[body, words] = longer[0]
                for known in self._persons.values():
                    known[:] = [e for e in known if e is not entry]

    def _words(self, mention: Mention) -> tuple[str, ...]:
        return tuple(self._parts(self._printed(mention.name))) if mention.name else ()

    def _printed(self, place: Span | None) -> str:
        """Return what stands somewhere in the text, nothing for no place."""
        return self._text[slice(*place)] if place else ""

    def _entry(self, mention: Mention, words: tuple[str, ...]) -> _Entry:
        start, end = mention.name or (0, 0)
        entry = _Entry(self._text[start:end], start, end, words=words)
        self._describe(entry, mention)
        return entry

    def _describe(self, entry: _Entry, mention: Mention) -> None:
        entry.role = self._printed(mention.role) or None
        entry.organisation = self._printed(mention.organisation) or None
        entry.head = mention.head
        entry.gender = self._gender(mention, entry.words) or entry.gender

    def _gender(self, mention: Mention, words: tuple[str, ...]) -> Gender:
        named = gender((), self._lex, words[0]) if len(words) > 1 else ""  # "il gip Anna Bassi"
        if named:
            return named
        told = None if self._lex.language.possessive_agrees_with_owner else mention.role  # "his wife" is no man
        before = {_last_word(self._text, span[0]) for span in (mention.name, told) if span}
        return gender(before.union(mention.head.split()), self._lex)

    def gender_of(self, speaker: Speaker) -> Gender:
        """Return whether a speaker is a man or a woman, as far as the article tells."""
        entry = self._starting.get(speaker.start)
        if entry is None and speaker.unnamed:  # "la premier"
            return gender([_last_word(self._text, speaker.start), *speaker.name.lower().split()], self._lex)
        return entry.gender if entry is not None else ""

    def one_person(self, speaker: Speaker | None) -> bool:
        """Tell whether a speaker is one man or woman whom the article names."""
        return speaker is not None and speaker.start in self._starting

    def hear(self, subjects: Iterable[Mention]) -> None:
        """Take in who is the subject of a verb of saying: what it names is no place."""
        language = self._lex.language  # "Prima ha detto": where a subject may be left out it may be none
        shown = language.subject_optional and language.script != "han"
        for mention in subjects:
            words = self._words(mention)
            if mention.kind == "person" and words and not (shown and self._bare(mention, words)):
                self._heard.update((words, words[:1], words[-1:]))

    def is_person(self, mention: Mention) -> bool:
        """Tell whether what a noun phrase names has an office or speaks somewhere."""
        words = self._words(mention)
        entries = [self._whole.get((False, words)), *self._alike(mention, words)] if words else []
        return bool(mention.role) or words in self._heard or any(e is not None and e.role for e in entries)

    def first_named(self, mention: Mention) -> bool:
        """Tell whether a name of several words begins with a first name that tells a man or a woman."""
        words = self._words(mention)
        return len(words) > 1 and not self._lex.language.subject_optional and bool(gender((), self._lex, words[0]))

    def stands_for_person(self, mention: Mention) -> bool:
        """Tell whether a noun phrase is an office or short for a person's name: ``la Moretti``."""
        if mention.kind == "role":
            return True
        speaker = self.resolve(mention, None) if mention.name else None
        return speaker is not None and speaker.start in self._starting and " " in speaker.name

    def owned(self, mention: Mention) -> bool:
        """Tell whether a noun phrase is somebody's: ``their union``."""
        noun = mention.name or mention.role
        return noun is not None and _last_word(self._text, noun[0]) in self._lex.small.possessives

    def like_body(self, mention: Mention) -> bool:
        """Tell whether a name of several words is a body's: a person's is used again by its last word alone."""
        words = self._words(mention)
        if len(words) < 2 or self.is_person(mention) or self._gender(mention, words):
            return False
        return self._printed(mention.name)[:1].isupper() and self.in_full(mention)

    def like_firm(self, mention: Mention, speaker: Speaker) -> bool:
        """Tell whether nothing shows that a speaker with a name of several words is a person: ``Air Niugini``."""
        return " " in speaker.name and speaker.role is None and not self.gender_of(speaker) and self.in_full(mention)

    def in_full(self, mention: Mention) -> bool:
        """Tell whether a name of several words never stands for its bearer by its last word alone."""
        name, words = self._printed(mention.name), self._words(mention)
        return len(words) > 1 and self._text.count(words[-1]) == self._text.count(name)

    def known(self) -> list[Speaker]:
        """Return the persons of the article."""
        return [entry.speaker() for (body, _), entry in self._whole.items() if not body]

    def resolve(self, mention: Mention, salient: Speaker | None) -> Speaker | None:
        """Return whom a noun phrase with a noun stands for, None when the article does not settle it.

        Args:
            mention: the noun phrase.
            salient: the person that the text before was about.
        """
        if mention.kind == "many":
            return None
        if mention.kind == "role":
            return self._by_calling(mention) or self._by_role(mention, salient)
        return self._by_body(mention) if mention.kind == "body" else self._by_name(mention)

    def pointed(self, mention: Mention, salient: Speaker | None) -> Speaker | None:
        """Return whom "this minister" stands for: the salient person or else the last one in that office."""
        start, office = (mention.role or (0,))[0], self._printed(mention.role)
        if salient is not None and (not office or (salient.role or "").endswith(office)):
            return salient
        known = [*(e.speaker() for alike in self._persons.values() for e in alike), *self._unnamed.values()]
        before = [s for s in known if s.start < start and s.role and s.role.endswith(office)]
        return max(before, key=lambda speaker: speaker.start, default=None)

    def _by_name(self, mention: Mention) -> Speaker | None:
        words = self._words(mention)
        exact = self._whole.get((False, words))
        if exact is not None:
            return exact.speaker()
        alike = self._alike(mention, words)
        if len(alike) > 1 and mention.head:
            alike = [e for e in alike if mention.head == e.head] or alike
        if len(alike) > 1 and (told := self._gender(mention, words)):
            alike = [e for e in alike if e.gender == told] or [e for e in alike if not e.gender]
        if len(alike) > 1 and mention.name is not None:
            before = [e for e in alike if e.start < mention.name[0]]
            alike = before or alike
        if alike:
            return alike[0].speaker() if len(alike) == 1 else None
        return self._new(mention, words)

    def _alike(self, mention: Mention, words: tuple[str, ...]) -> list[_Entry]:
        """Return the persons whose name begins or ends with the one given, or takes it in."""
        whole = self._printed(mention.name)
        found = {id(e): e for word in (words[0], words[-1], whole) for e in self._persons.get(word, [])[:_NAMESAKES]}
        # a firm may bear a family's name
        alike = [e for e in found.values() if e.role or (True, e.words) not in self._whole]
        if len(words) > 1:  # 施耐德 is the end of 马丁·施耐德, and 施晓琳 is somebody else
            parts = [e for e in alike if whole in (e.words[0], e.words[-1])]
            alike = parts or [e for e in alike if set(words) < set(e.words) or set(words) > set(e.words)]
        return alike

    def _new(self, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
        """Trust a name that was not read before if it is more than a capital at a sentence's head."""
        if words not in self._heard and self._bare(mention, words):
            return None
        return self._entry(mention, words).speaker()

    def _bare(self, mention: Mention, words: tuple[str, ...]) -> bool:
        """Tell whether nothing but a sentence's head gives a word its capital: no place inside a sentence."""
        return len(words) == 1 and not mention.low and words[0].isalpha() and words[0] not in self._capitals

    @cached_property
    def _capitals(self) -> frozenset[str]:
        """Words with a capital inside a sentence, and those that are never without it at several sentences' heads."""
        inside, heads = _INSIDE.findall(self._text), Counter(_HEAD.findall(self._text))
        small = set(_SMALL.findall(self._text))
        return frozenset((*inside, *(word for word, n in heads.items() if n > 1 and word.lower() not in small)))

    def _by_calling(self, mention: Mention) -> Speaker | None:
        """Return the one person whose family name looks like a calling: "Baker said"."""
        named = self._printed(mention.role) if mention.head in self._lex.entities.surnames else ""
        bearers = self._persons.get(named, []) if named[:1].isupper() else []
        return bearers[0].speaker() if len(bearers) == 1 and bearers[0].words[-1] == named else None

    def _by_role(self, mention: Mention, salient: Speaker | None) -> Speaker | None:
        start, end = mention.role or (0, 0)
        organisation = self._printed(mention.organisation) or None
        head = self._lex.entities.synonyms.get(mention.head, mention.head)
        alike = [] if mention.indefinite else self._holders(head)
        if organisation:
            alike = [e for e in alike if e.organisation == organisation] or self._leading(mention, organisation)
        elif not alike and not mention.indefinite and not self.owned(mention):  # "her lawyer"
            alike = self._akin(mention, salient)
        if len(alike) > 1 and (told := gender({_last_word(self._text, start), *mention.head.split()}, self._lex)):
            alike = [e for e in alike if e.gender in {"", told}]
        if alike:  # of two deputy mayors the article need not mean the one spoken of last
            return alike[0].speaker() if len(alike) == 1 else None
        low, high = mention.description or (start, end)
        unnamed = Speaker(self._text[low:high], self._text[start:end], organisation, low, high)
        if mention.indefinite:
            self._unnamed[mention.head] = unnamed
            return unnamed
        known = next((s for head, s in self._unnamed.items() if _short_for(mention.head, head)), None)
        if known is not None and organisation is None:
            return known
        self._unnamed.setdefault(mention.head, unnamed)
        return unnamed

    def _leading(self, mention: Mention, organisation: str) -> list[_Entry]:
        """Return who leads a body that is described before it is named: ``the head of the growers' federation``."""
        noun = organisation.rpartition(" ")[2].lower()
        if mention.indefinite or mention.head not in self._lex.entities.leaders or not organisation[:1].islower():
            return []
        return [e for e in self._leaders[:_NAMESAKES] if noun in (e.organisation or "").lower().split()]

    def _holders(self, head: str) -> list[_Entry]:
        """Return the persons who hold an office: of just these words, else of these and others but of one rank."""
        exact = self._offices.get(head)
        if exact:
            return exact
        wanted = set(head.split())
        offices = ((set(other.split()), entries) for other, entries in self._offices.items())
        longer = (e for words, e in offices if wanted < words and not (words - wanted) & self._lex.entities.ranks)
        return [entry for entries in longer for entry in entries]

    def _akin(self, mention: Mention, salient: Speaker | None) -> list[_Entry]:
        """Return who may be meant by another noun for his calling, or for want of one the person spoken of last."""
        groups = [number for number, group in enumerate(self._lex.entities.hypernyms) if mention.head in group]
        if not groups or any(_short_for(mention.head, head) for head in self._unnamed):
            return []
        start = (mention.role or (0, 0))[0]
        alike = {
            e.start: e for number in groups for e in self._callings.get(number, [])[:_NAMESAKES] if e.start < start
        }
        meant = self._starting.get(salient.start) if salient is not None else None
        if meant is not None and meant.start in alike:
            return [meant]
        named = [e for e in self._starting.values() if e.start < start and " " in e.name]
        named = [e for e in named if _last_word(self._text, e.start) not in self._lex.small.prepositions]  # no place
        meant = meant or (named[0] if len(named) == 1 else None)  # "Ada Riva è tornata. La cantante …"
        bare = meant is not None and meant.role is None and not alike
        told = gender((mention.head,), self._lex) if bare else ""
        return [meant] if bare and meant and (not told or meant.gender in {"", told}) else list(alike.values())

    def _by_body(self, mention: Mention) -> Speaker | None:
        start, end = mention.name or (0, 0)
        name = self._text[start:end]
        wanted = {word.lower() for word in self._words(mention)}
        alike = self._bodies.get(min(wanted, default=""), [])[:_NAMESAKES]
        last = self._words(mention)
        persons = [e for e in self._persons.get(last[-1], []) if _ends_with(e.words, last)] if last else []
        if len(persons) == 1:
            return persons[0].speaker()  # "la Moretti"
        before = (e for e in alike if e.start < start and e.name[:1].isupper())
        longer = [e for e in before if wanted < {word.lower() for word in e.words}]
        return longer[0].speaker() if len(longer) == 1 else Speaker(name, None, None, start, end)


def _short_for(short: str, long: str) -> bool:
    """Tell whether "the minister" may be the unnamed "minister of agriculture" spoken of before."""
    return long == short or long.startswith(f"{short} ") or long.endswith(f" {short}")


def _ends_with(words: tuple[str, ...], end: tuple[str, ...]) -> bool:
    """Tell whether a longer name ends with another: Paolo De Santis with De Santis."""
    if len(words) <= len(end) or words[-1] != end[-1]:
        return False
    return [word.lower() for word in words[-len(end) :]] == [word.lower() for word in end]  # "Van der Berg" too


def _nouns(head: str) -> set[str]:
    """Return the words of an office and the whole of it."""
    return {head, *head.split()}


def gender(words: Iterable[str], lex: Lexicon, first_name: str = "") -> Gender:
    """Return what words in small letters tell, and failing them the ending of a first name."""
    found = set(words)
    male, female = not found.isdisjoint(lex.entities.male), not found.isdisjoint(lex.entities.female)
    if male != female:
        return "male" if male else "female"
    low = first_name.lower()
    if low in lex.entities.male or low in lex.entities.female:
        return "male" if low in lex.entities.male else "female"
    if low.endswith(lex.entities.female_endings):
        return "female"
    return "male" if low.endswith(lex.entities.male_endings) else ""


def _last_word(text: str, end: int) -> str:
    """Return the word before an offset, in small letters: ``mrs`` of ``Mrs. Reed``."""
    before = text[max(0, end - 16) : end].replace("’", "'").rstrip(" .").split()
    return before[-1].lower() if before else ""
