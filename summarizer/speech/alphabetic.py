"""Speech in English and Italian: quotations with their frames, reported clauses, and voices that run on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from summarizer import segment
from summarizer.speech.frames import Frame, frames
from summarizer.speech.han import HanGrammar, characters, name_parts
from summarizer.speech.lexicon import Lexicon, lexicon
from summarizer.speech.marks import Passage, passages
from summarizer.speech.mentions import Mention, mentions
from summarizer.speech.parts import Kind, Speaker, Speech
from summarizer.speech.people import People
from summarizer.speech.words import QUOTED, Words, masked, split

__all__ = ["find", "find_han"]

_Parsed = tuple[Words, Sequence[Mention], Sequence[Frame]]
_Parse = Callable[[str, int, int], _Parsed]
_FEW = 3  # a voice that paused is taken up again within so many paragraphs
_STOPS = ".!?…。！？"
_SENTENCE_WORDS = 5  # a quotation without a frame has at least so many words, or it is a slogan


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what was read in it; `quoted` are the passages at its `QUOTED` words."""

    start: int
    end: int
    paragraph: int
    words: Words
    mentions: Sequence[Mention]
    frames: Sequence[Frame]
    quoted: Sequence[Passage]


@dataclass(slots=True)
class _Voice:
    """A voice that may run on after its frame."""

    speaker: Speaker | None
    paragraph: int
    recounts: bool  # it tells of the past in the past tense, so that the past tense does not end it
    backshift: bool  # "said it would": the house style marks reported speech by tense
    start: int | None = None
    end: int = 0
    mixed: bool = False


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article of an alphabetic language."""
    lex = lexicon(language)

    def parse(plain: str, start: int, end: int) -> _Parsed:
        words = split(plain, start, end)
        named = mentions(words, lex)
        return words, named, frames(words, named, lex)

    marked = _repaired(text, passages(text), language, parse)
    sentences = _read(masked(text, marked), marked, language, parse)
    people = People(text)
    for sentence in sentences:
        people.learn(sentence.mentions)
    return _Reader(text, lex, people, sentences).read()


def find_han(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article written in Han characters."""
    lex = lexicon(language)

    def parse(plain: str, start: int, end: int) -> _Parsed:
        words = characters(plain, start, end)
        return words, *(grammar if plain is plain_text else HanGrammar(plain, language)).read(words)

    plain_text = masked(text, passages(text))
    grammar = HanGrammar(plain_text, language)
    marked = _repaired(text, passages(text), language, parse)
    plain_text = masked(text, marked)
    grammar = HanGrammar(plain_text, language)
    people = People(text, partial(name_parts, two=grammar.two))
    people.learn(grammar.people)
    return _Reader(text, lex, people, _read(plain_text, marked, language, parse)).read()


def _read(plain: str, marked: Sequence[Passage], language: str, parse: _Parse) -> list[_Sentence]:
    found: list[_Sentence] = []
    edges = [end for _, end in segment.paragraphs(plain)]
    paragraph = 0
    queue = list(reversed(marked))
    for piece in segment.split(plain, language):
        while edges[paragraph] < piece.end:
            paragraph += 1
        words, named, framed = parse(plain, piece.start, piece.end)
        quoted = [queue.pop() for word in words.low if word == QUOTED]
        found.append(_Sentence(piece.start, piece.end, paragraph, words, named, framed, quoted))
    return found


def _repaired(text: str, marked: Sequence[Passage], language: str, parse: _Parse) -> list[Passage]:
    """End a quotation that is never closed before the frame that follows it, drop one that has no frame."""
    return [fixed for p in marked if (fixed := p if p.closed else _cut(text, p, language, parse)) is not None]


def _cut(text: str, passage: Passage, language: str, parse: _Parse) -> Passage | None:
    last = passage.start
    for piece in segment.split(text[passage.start : passage.end], language):
        low, high = passage.start + piece.start, passage.start + piece.end
        words, _, framed = parse(text, low, high)
        for frame in framed:
            if frame.side == "left" and frame.low == 0 and last > passage.start:
                return replace(passage, end=last, outer_end=last)
            if frame.side == "left" and frame.low > 0:
                return replace(passage, end=words.starts[frame.low], outer_end=words.starts[frame.low])
        last = high
    return None


class _Reader:
    """Goes through the sentences once, keeping the voice that speaks and the person spoken of."""

    def __init__(self, text: str, lex: Lexicon, people: People, sentences: Sequence[_Sentence]) -> None:
        self._text = text
        self._lex = lex
        self._people = people
        self._sentences = sentences
        self._found: list[Speech] = []
        self._voice: _Voice | None = None
        self._focus: Speaker | None = None
        self._unclaimed: list[
            _Sentence
        ] = []  # sentences of this paragraph without a frame, which a later one may claim
        self._loose: Speech | None = None  # a quotation that ended its sentence and has no speaker yet

    def read(self) -> tuple[Speech, ...]:
        paragraph = -1
        for sentence in self._sentences:
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self._unclaimed = []
            self._sentence(sentence)
        self._close()
        return tuple(sorted(self._found, key=lambda s: s.start))

    def _sentence(self, sentence: _Sentence) -> None:
        if sentence.frames and not sentence.frames[0].tied and self._belated(sentence):
            return
        direct = self._direct(sentence)
        told = [frame for frame in sentence.frames if frame.tied and not self._serves(sentence, frame, direct)]
        if told:
            self._told(sentence, told, direct)
        elif direct:
            self._close()
            self._unclaimed = []
        else:
            self._plain(sentence)
        if not sentence.frames:
            self._look(sentence)

    # quotations

    def _belated(self, sentence: _Sentence) -> bool:
        """Read a sentence that is only a frame: it names the speaker of the quotation or run before it."""
        frame = sentence.frames[0]
        if frame.low > 0 or frame.high < len(sentence.words) - 1 or frame.subject is None:
            return False
        speaker = self._resolve(frame)
        if self._found and self._text[self._found[-1].end : sentence.start].strip(" \n\"'”’»") == "":
            last = self._found[-1]
            if last.kind == "direct":
                self._found[-1] = replace(last, speaker=last.speaker or speaker)
        return True

    def _direct(self, sentence: _Sentence) -> dict[int, Speech]:
        """Return the direct speech of a sentence by the place of its word."""
        places = [at for at, word in enumerate(sentence.words.low) if word == QUOTED]
        found: dict[int, Speech] = {}
        for at, passage in zip(places, sentence.quoted, strict=True):
            frame = self._governing(sentence, at)
            if frame is None and not self._stands_alone(sentence, at, passage, found):
                continue
            speaker = self._resolve(frame) if frame else self._speaker_beside(sentence, at, passage, found)
            found[at] = Speech(passage.start, passage.end, "direct", speaker)
        self._found += found.values()
        return found

    def _governing(self, sentence: _Sentence, at: int) -> Frame | None:
        """Return the frame that has the quotation at word `at` as what is said."""
        words = sentence.words
        for frame in sentence.frames:
            if (
                frame.side in {"left", "both"}
                and frame.low in {at + 1, at + 2}
                and self._only_marks(words, at + 1, frame.low)
            ):
                return frame
            if frame.side in {"right", "both"} and frame.high <= at and self._only_marks(words, frame.high, at):
                after = words.low[at + 1] if at + 1 < len(words) else "."
                if not after[0].isalnum() or after in self._lex.conjoined:
                    return frame
        return None

    def _only_marks(self, words: Words, low: int, high: int) -> bool:
        return not any(word[0].isalnum() or word == QUOTED for word in words.low[low:high])

    def _stands_alone(self, sentence: _Sentence, at: int, passage: Passage, found: dict[int, Speech]) -> bool:
        """Tell whether a quotation without a frame of its own is speech and no title, slogan or borrowed word."""
        inner = self._text[passage.start : passage.end].strip()
        if not inner or self._names_a_work(sentence, at):
            return False
        words = sentence.words
        if (
            at > 1
            and words.low[at - 1] == ":"
            and any(m.high == at - 1 and m.kind != "pronoun" for m in sentence.mentions)
        ):
            return True
        if found and at - 1 not in found and self._only_marks(words, max(found) + 1, at):
            return True
        whole = at == 0 and all(not word[0].isalnum() for word in words.low[1:])
        ended = inner[-1] in _STOPS or (at + 1 < len(words) and words.low[at + 1] in _STOPS and at == 0)
        return whole and ended and _weight(inner) >= _SENTENCE_WORDS and not inner[0].islower()

    def _names_a_work(self, sentence: _Sentence, at: int) -> bool:
        low = max(0, at - 4)
        return self._lex.works.within(sentence.words.low[:at], low, at)

    def _speaker_beside(
        self, sentence: _Sentence, at: int, passage: Passage, found: dict[int, Speech]
    ) -> Speaker | None:
        if found:
            return found[max(found)].speaker
        named = next((m for m in sentence.mentions if m.high == at - 1), None)
        if named is not None and sentence.words.low[at - 1] == ":":
            return self._people.resolve(named, self._focus)
        last = self._found[-1] if self._found else None
        near = last is not None and self._text.count("\n", last.end, passage.start) == 0
        return last.speaker if last is not None and near else None

    def _serves(self, sentence: _Sentence, frame: Frame, direct: dict[int, Speech]) -> bool:
        """Tell whether a frame only presents quotations, and has no reported clause beside them."""
        words = sentence.words
        low, high = (frame.high, len(words)) if frame.side == "right" else (0, frame.low)
        if frame.side == "both":
            return any(at in direct for at in (frame.low - 1, frame.low - 2, frame.high, frame.high + 1))
        following = [f.low for f in sentence.frames if f.low >= frame.high]
        high = min([high, *following]) if frame.side == "right" else high
        return bool(direct) and not any(
            words.low[i][0].isalnum() for i in range(low, high) if words.low[i] not in self._lex.conjoined
        )

    # reported speech

    def _told(self, sentence: _Sentence, told: Sequence[Frame], direct: dict[int, Speech]) -> None:
        for index, frame in enumerate(told):
            speaker = self._voice.speaker if frame.same and self._voice else self._resolve(frame)
            if frame.wish and self._same_voice(frame, speaker, sentence) and self._runs_on(sentence, opening=True):
                self._plain(sentence)
                return
            if frame.side == "right":
                stop = told[index + 1].low if index + 1 < len(told) else len(sentence.words)
                self._open(sentence, frame.high, stop, speaker)
            else:
                self._claim(sentence, frame, speaker)
        self._unclaimed = []

    def _same_voice(self, frame: Frame, speaker: Speaker | None, sentence: _Sentence) -> bool:
        if self._voice is None or sentence.paragraph - self._voice.paragraph > 1:
            return False
        plural = frame.subject is not None and frame.subject.head in {"they", "it", "essi", "loro"}
        return plural or (
            speaker is not None
            and speaker == self._voice.speaker
            and frame.subject is not None
            and frame.subject.kind == "pronoun"
        )

    def _open(self, sentence: _Sentence, low: int, high: int, speaker: Speaker | None) -> None:
        """Begin a voice with the clause ``words[low:high]``."""
        self._close()
        words = sentence.words
        while high > low and words.low[high - 1] in {",", *self._lex.conjoined}:
            high -= 1
        if high <= low:
            return
        past = self._lex.past.within(words.low, low, high) or any(w.endswith("ed") for w in words.low[low:high])
        now = self._lex.present.within(words.low, low, high) or self._lex.modals.within(words.low, low, high)
        shifted = any(w in {"would", "had", "was", "were"} for w in words.low[low:high])
        mixed = self._holds_words(sentence, low, high)
        self._voice = _Voice(
            speaker, sentence.paragraph, past and not now, shifted, words.starts[low], words.ends[high - 1], mixed
        )
        self._focus = speaker or self._focus

    def _holds_words(self, sentence: _Sentence, low: int, high: int) -> bool:
        """Tell whether a clause holds the speaker's own words in marks: several, and no title or borrowed term."""
        places = [at for at, word in enumerate(sentence.words.low) if word == QUOTED]
        for at, passage in zip(places, sentence.quoted, strict=True):
            weight = _weight(self._text[passage.start : passage.end])
            term = at > 0 and sentence.words.low[at - 1] in self._lex.determiners and weight <= 4
            if low <= at < high and weight >= 3 and not term and not self._names_a_work(sentence, at):
                return True
        return False

    def _claim(self, sentence: _Sentence, frame: Frame, speaker: Speaker | None) -> None:
        """Give what stands before a closing frame to its speaker, with the sentences before in the same voice."""
        words = sentence.words
        start, end = sentence.start, words.ends[frame.low - 1] if frame.low else sentence.end
        if frame.side == "both":
            end = sentence.end if len(words) - frame.high > 3 else end
        pending = self._voice is not None and speaker is not None and self._voice.speaker == speaker
        for earlier in reversed(self._unclaimed):
            if not (
                pending
                or self._first_person(earlier)
                or (self._first_person(sentence) and not self._narrated(earlier))
            ):
                break
            start = earlier.start
        if pending and self._voice and self._voice.start is not None:
            start, self._voice.start = min(start, self._voice.start), None
        self._close()
        mixed = self._holds_words(sentence, 0, frame.low)
        if frame.low:
            self._found.append(Speech(start, end, "mixed" if mixed else "reported", speaker))
        self._voice = _Voice(speaker, sentence.paragraph, recounts=False, backshift=False)
        self._focus = speaker or self._focus

    def _plain(self, sentence: _Sentence) -> None:
        """Let the voice run on through a sentence without a frame, or end it."""
        voice = self._voice
        if voice is None or not self._runs_on(sentence, opening=False):
            self._unclaimed.append(sentence)
            self._pause(sentence)
            return
        if voice.start is None:
            voice.start = sentence.start
        voice.end, voice.paragraph = sentence.end, sentence.paragraph
        voice.mixed = voice.mixed or self._holds_words(sentence, 0, len(sentence.words))

    def _pause(self, sentence: _Sentence) -> None:
        if self._voice is not None and self._voice.start is not None:
            self._close(keep=True)
        if self._voice is not None and sentence.paragraph - self._voice.paragraph > _FEW:
            self._voice = None

    def _runs_on(self, sentence: _Sentence, *, opening: bool) -> bool:
        voice = self._voice
        if voice is None or self._narrated(sentence) or self._about_another(sentence, opening=opening):
            return False
        if self._first_person(sentence):
            return True
        words, lex = sentence.words, self._lex
        goes_on = bool(lex.goes_on.at(words.low, 0))
        now = lex.modals.within(words.low, 0, len(words)) or lex.present.within(words.low, 0, len(words))
        if sentence.paragraph != voice.paragraph or voice.start is None:
            near = sentence.paragraph - voice.paragraph <= _FEW
            return near and (goes_on or opening)
        if voice.backshift:
            return goes_on
        return now or goes_on or voice.recounts or opening

    def _narrated(self, sentence: _Sentence) -> bool:
        return self._lex.narrator.within(sentence.words.low, 0, len(sentence.words)) and not self._first_person(
            sentence
        )

    def _first_person(self, sentence: _Sentence) -> bool:
        return any(word in self._lex.first_person for word in sentence.words.low)

    def _about_another(self, sentence: _Sentence, *, opening: bool) -> bool:
        """Tell whether a sentence begins with a person: with the speaker too, it tells of him, not for him."""
        first = sentence.mentions[0] if sentence.mentions else None
        if first is None or first.low > 1 or opening:
            return False
        return first.kind == "person" and (first.role is not None or self._known(first))

    def _known(self, mention: Mention) -> bool:
        speaker = self._people.resolve(mention, None)
        return speaker is not None and speaker.role is not None

    def _close(self, *, keep: bool = False) -> None:
        voice = self._voice
        if voice is not None and voice.start is not None:
            kind: Kind = "mixed" if voice.mixed else "reported"
            self._found.append(Speech(voice.start, _trimmed(self._text, voice.start, voice.end), kind, voice.speaker))
            voice.start = None
        if not keep:
            self._voice = None

    # speakers

    def _resolve(self, frame: Frame | None) -> Speaker | None:
        if frame is None or frame.subject is None:
            return self._focus if frame is not None and frame.same else None
        speaker = self._people.resolve(frame.subject, self._focus)
        self._focus = speaker or self._focus
        return speaker

    def _look(self, sentence: _Sentence) -> None:
        """Keep whom a sentence without a frame is about, for the pronouns of the next."""
        first = next((m for m in sentence.mentions if m.kind == "person"), None)
        if first is not None:
            self._focus = self._people.resolve(first, self._focus) or self._focus


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _weight(quoted: str) -> int:
    """Return about how many words a passage has; two Han characters are one."""
    return len(quoted.split()) + sum("\u4e00" <= char <= "\u9fff" for char in quoted) // 2
