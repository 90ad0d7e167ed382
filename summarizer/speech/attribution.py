"""Attribution: goes through an article's sentences once and writes down which speech is whose."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from summarizer.speech import continuation, quotations
from summarizer.speech.continuation import Continuation, Voice
from summarizer.speech.coreference import Coreference
from summarizer.speech.cue import Cue
from summarizer.speech.entities import Entities
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.marks import Passage
from summarizer.speech.mention import Mention
from summarizer.speech.model import Kind, Speaker, Speech
from summarizer.speech.sentences import Sentence
from summarizer.speech.words import Span, span

__all__ = ["Attribution"]

_LOOSE_ENDS = " \n,:，：\"'“‘«「『"
_SHORT = 10  # characters of reported speech that are left before a quotation; fewer tell nothing
_PAUSES = frozenset(",，:：")
_REST = 3  # words after a cue in the middle of what is said; with fewer it closes it


class Attribution:
    """The attribution of one article's speech: keeps who speaks and who is spoken of while it reads the sentences."""

    def __init__(self, text: str, lex: Lexicon, entities: Entities, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._lex = lex
        self._entities = entities
        self._sentences = sentences
        self._found: list[Speech] = []
        self._running: Continuation | None = None
        self._coreference = Coreference(lex, entities)
        self._quotation: Speech | None = None  # the last one
        self._quoted_before = False  # the sentence before ended with a quotation and its cue
        self._reported_before = False  # the sentence before was reported speech with its cue
        self._unclaimed: list[Sentence] = []  # sentences of this paragraph that a closing cue may claim

    def read(self) -> tuple[Speech, ...]:
        """Return the speech of the article in order."""
        for sentence, after in zip_longest(self._sentences, self._sentences[1:]):
            if sentence.first:
                self._unclaimed = []
            self._sentence(sentence, after)
            self._coreference.remember()
        self._close()
        apart = self._apart(sorted(self._found, key=lambda speech: (speech.start, speech.kind != "direct")))
        own = self._own_words(apart) if self._lex.language.nouns_capital else ()
        return tuple(sorted((*apart, *own), key=lambda speech: speech.start))

    def _own_words(self, found: Sequence[Speech]) -> Iterator[Speech]:
        """Yield the words in marks that are a speaker's own, inside what he is reported to say or in a narrator's."""
        for sentence in self._sentences:
            for at, passage in sentence.quoted.items():
                near = bisect_right(found, passage.start, key=lambda speech: speech.end)
                around = next((s for s in found[near : near + 1] if s.start < passage.end), None)
                reported = around is not None and around.kind != "direct"
                if (around is None or reported) and quotations.own_words(
                    sentence, at, self._text, self._lex, reported=reported
                ):
                    voice = (around.speaker, around.cue, around.source) if around else (None,)
                    yield Speech(passage.start, passage.end, "direct", *voice)

    def _apart(self, ordered: Sequence[Speech]) -> list[Speech]:
        """Keep every quotation, and of reported speech what does not overlap one or an earlier stretch."""
        kept: list[Speech] = []
        for speech in ordered:
            last = kept[-1] if kept else None
            if last is None or speech.start >= last.end:
                kept.append(speech)
            elif speech.kind == "direct" and last.kind != "direct":
                end = last.start + len(self._text[last.start : speech.start].rstrip(_LOOSE_ENDS))
                kept[-1:] = [replace(last, end=end), speech] if end - last.start > _SHORT else [speech]
        return kept

    def _sentence(self, sentence: Sentence, after: Sentence | None) -> None:
        direct = self._direct(sentence, after)
        tied = [c for c in sentence.cues if c.tied and not quotations.presents(sentence, c, direct, self._lex)]
        if tied:
            self._reported(sentence, tied, direct)
        elif direct:
            self._pause()
            self._unclaimed = []
            self._report_beside(sentence, direct)
            self._keep_mood(sentence, direct)
        elif not self._belongs_to_last(sentence):
            self._plain(sentence)
        if not sentence.cues and (self._running is None or self._running.start is None):
            self._coreference.look(sentence)
        self._reported_before = bool(tied)
        self._quoted_before = bool(direct) and not self._report_after(sentence, direct)

    def _report_beside(self, sentence: Sentence, direct: dict[int, Speech]) -> None:
        """Begin reported speech after ``“…。”徐康说，一季度…``: in Chinese the clause after such a cue is some."""
        cue = sentence.cues[-1] if sentence.cues else None
        before = [at for at in direct if cue is not None and at < cue.low]
        if cue is None or cue.side != "both" or not self._lex.continuation.runs_on or not before:
            return
        stop = min((at for at in direct if at >= cue.high), default=len(sentence.words))
        if not quotations.only_marks(sentence.words, cue.high, stop):
            said = direct[max(before)]
            self._open(sentence, cue.high, stop, Voice(said.speaker, said.cue, said.source))

    def _keep_mood(self, sentence: Sentence, direct: dict[int, Speech]) -> None:
        """Let the next sentences go on for who was quoted, where their mood tells: ``„…“, sagte Wolf. Sie sei …``."""
        said, running = direct[max(direct)], self._running
        paused = running is None or running.start is None
        if self._lex.continuation.by_mood and paused and said.speaker is not None:
            self._running = Continuation(Voice(said.speaker), sentence.paragraph)

    def _report_after(self, sentence: Sentence, direct: dict[int, Speech]) -> bool:
        """Tell whether a sentence goes on in other words after its last quotation and that one's cue."""
        cues = [c for c in sentence.cues if c.low > max(direct) and c.side == "right"]
        return bool(cues) or (self._running is not None and self._running.start is not None)

    # direct speech

    def _direct(self, sentence: Sentence, after: Sentence | None) -> dict[int, Speech]:
        """Find the direct speech of a sentence, by the index of its word."""
        found: dict[int, Speech] = {}
        for at, passage in sentence.quoted.items():
            voice = self._presented(sentence, at, passage, found, after)
            if voice is not None:
                found[at] = Speech(passage.start, passage.end, "direct", *voice)
        self._found += found.values()
        if found:
            self._quotation = found[max(found)]
        return found

    def _presented(
        self, sentence: Sentence, at: int, passage: Passage, found: dict[int, Speech], after: Sentence | None
    ) -> Voice | None:
        """Return whose speech a quoted passage is, None where it is nobody's."""
        if quotations.is_work(sentence, at, self._text, self._lex):
            return None
        cue = quotations.governing(sentence, at, self._text, self._lex)
        mention = quotations.introduced(sentence, at, self._text, self._lex)
        if cue is not None and (cue.subject is not None or mention is None or mention.kind == "many"):
            return self._voice(cue, sentence)
        mention = mention or quotations.credited(sentence, at, self._lex)
        if not (sentence.cues and self._lex.language.nouns_capital):  # there they are own words inside a report
            mention = mention or quotations.embedded(sentence, at, self._text, self._lex)
        last = max(found, default=None)
        if mention is not None:
            return self._voice(mention, sentence)
        if last is not None and quotations.coordinated(sentence.words, last, at, self._lex):
            return Voice(found[last].speaker, found[last].cue, found[last].source)
        if after is not None and quotations.alone(sentence, at):
            late = quotations.belated(after, self._lex) or _touching(after, passage.outer_end)
            if late is not None:
                return self._voice(late, after)
        goes_on, speaker = self._before(sentence)
        whole = quotations.stands_alone(sentence, at, self._text, goes_on=goes_on)
        speech = whole or quotations.reads_as_speech(sentence, at, self._text, self._lex)
        return Voice(speaker if whole else None) if speech else None

    def _voice(self, named: Cue | Mention, sentence: Sentence) -> Voice:
        """Return whom a cue or a mention without one gives for the speaker, and where it says so."""
        if isinstance(named, Cue):
            asked = self._quoted_before and self._quotation and self._text[self._quotation.end - 1] in "?？"
            if asked and named.subject is None and named.same and not sentence.first:
                return Voice(None, *_places(named, sentence))  # "«Quando?», ha chiesto Neri. «Mai», ha risposto."
            return Voice(self._coreference.resolve(named, sentence), *_places(named, sentence))
        return Voice(self._coreference.speaks(named, sentence), None, named.printed)

    def _before(self, sentence: Sentence) -> tuple[bool, Speaker | None]:
        """Tell whether somebody spoke in the sentence before, and who: a quotation alone is his too."""
        if self._quoted_before and (not sentence.first or self._lex.quotations.quotes_go_on):
            return True, self._quotation.speaker if self._quotation is not None else None
        if self._reported_before and not sentence.first and self._running is not None:
            return True, self._running.voice.speaker
        return False, None

    def _belongs_to_last(self, sentence: Sentence) -> bool:
        """Pass over a sentence that only names the speaker of what stands before it, and give him that."""
        late = quotations.belated(sentence, self._lex)
        before = self._unclaimed[-1] if self._unclaimed and not sentence.first else None
        starts = self._lex.quotations.belated.at(sentence.words.low, 0) if late is not None else 0
        firm = starts > 1 or (starts == 1 and isinstance(late, Cue))  # "Lo rende noto", not "Lo ha deciso"
        if late is None or before is None or not firm or before.quoted:
            return late is not None and bool(self._found)
        voice = self._voice(late, sentence)
        start = before.words.starts[0]
        self._found.append(Speech(start, before.end, "reported", *voice))  # "Lo rende noto il Comune."
        self._unclaimed = []
        return True

    # reported speech

    def _reported(self, sentence: Sentence, tied: Sequence[Cue], direct: dict[int, Speech]) -> None:
        for cue in tied:
            if any(quotations.nested(sentence, outer, cue, self._lex) for outer in tied if outer.side == "right"):
                continue
            speaker = self._coreference.resolve(cue, sentence)
            if self._inside_continuation(cue, sentence, speaker):
                self._plain(sentence)
                return
            if cue.side == "right":
                others = (c for c in sentence.cues if not quotations.nested(sentence, cue, c, self._lex))
                later = [c.low for c in others if c.low >= cue.high]
                stop = min([len(sentence.words), *later, *(at for at in direct if at >= cue.high)])
                stop = cue.until if cue.until is not None and cue.until < stop - 1 else stop
                self._open(sentence, cue.high, stop, Voice(speaker, *_places(cue, sentence)))
            else:
                self._claim(sentence, cue, Voice(speaker, *_places(cue, sentence)))
        self._unclaimed = []

    def _inside_continuation(self, cue: Cue, sentence: Sentence, speaker: Speaker | None) -> bool:
        """Tell whether reported speech that runs on only speaks of its own or everybody's hopes and words."""
        running = self._running
        if running is None or running.start is None or cue.subject is None or running.backshift:
            return False
        same_paragraph = sentence.paragraph == running.paragraph
        if cue.subject.head in self._lex.small.generic:
            return same_paragraph
        if not cue.wish or cue.subject.kind != "pronoun" or sentence.paragraph - running.paragraph > 1:
            return False
        return speaker == running.voice.speaker or cue.subject.head in self._lex.small.plural

    def _open(self, sentence: Sentence, low: int, high: int, voice: Voice) -> None:
        """Begin reported speech with the clause ``words[low:high]``."""
        self._close()
        words = sentence.words
        loose = self._lex.small.conjoined | self._lex.small.adversatives | _PAUSES
        while high > low and words.low[high - 1] in loose:
            high -= 1
        while low < high and words.low[low] in _PAUSES:
            low += 1
        cut = words.low[high - 1] in self._lex.small.turning  # "bollò la proposta come | «…»"
        if not any(word[0].isalnum() for word in words.low[low:high]) or (
            cut and self._lex.continuation.finite.isdisjoint(words.low[low:high])
        ):
            return  # nothing, or a term in marks alone
        running = continuation.opened(sentence, low, high, voice, self._lex)
        running.start, running.end = words.starts[low], words.ends[high - 1]
        running.mixed = quotations.holds_own_words(sentence, low, high, self._text, self._lex)
        self._running = running

    def _claim(self, sentence: Sentence, cue: Cue, voice: Voice) -> None:
        """Give what stands before a closing cue to its speaker, with the sentences before that report him too."""
        words = sentence.words
        start: int = words.starts[0]
        self._close()
        own = continuation.first_person(sentence, self._lex)
        for earlier in reversed(self._unclaimed):
            heard = continuation.first_person(earlier, self._lex)
            turned = continuation.about_somebody(earlier, self._lex, self._entities)
            if turned or continuation.narrated(earlier, self._lex):
                break
            if not heard and not own:
                break
            start = earlier.start
        mixed = quotations.holds_own_words(sentence, 0, cue.low, self._text, self._lex)
        self._running = Continuation(Voice(voice.speaker), sentence.paragraph)
        stop = min([c.low for c in sentence.cues if c.low >= cue.high], default=len(words))
        stop = min(stop, len(words) if cue.until is None else cue.until)
        whole = self._lex.language.verb_brackets and words.low[cue.low - 1] != ","
        if cue.side == "both" and (whole or stop - cue.high > _REST):
            self._running = continuation.opened(sentence, 0, stop, voice, self._lex)
            self._running.start, self._running.end, self._running.mixed = start, words.ends[stop - 1], mixed
        elif cue.low:
            kind: Kind = "mixed" if mixed else "reported"
            self._found.append(Speech(start, words.ends[cue.low - 1], kind, *voice))

    def _plain(self, sentence: Sentence) -> None:
        """Let reported speech run on through a sentence without a cue, or end it."""
        running = self._running
        began = running is not None and running.start is not None and running.start >= sentence.start  # in this one
        if running is None or not (began or continuation.runs_on(running, sentence, self._lex, self._entities)):
            self._unclaimed.append(sentence)
            self._pause()
            return
        if running.voice.cue is not None and self._lex.continuation.by_mood:
            self._pause()  # a cue's own clause is one report, the sentences that keep its mood are another
            running = self._running or running
        if running.start is None:
            running.start = sentence.start
        running.end, running.paragraph = sentence.end, sentence.paragraph
        running.mixed = running.mixed or quotations.holds_own_words(
            sentence, 0, len(sentence.words), self._text, self._lex
        )

    def _close(self) -> None:
        """Write down the open stretch of reported speech and end it."""
        self._pause()
        self._running = None

    def _pause(self) -> None:
        """Write down the open stretch of reported speech, which may be taken up again."""
        running = self._running
        if running is not None and running.start is not None:
            kind: Kind = "mixed" if running.mixed else "reported"
            self._found.append(Speech(running.start, running.end, kind, *running.voice))
            voice = Voice(running.voice.speaker)
            self._running = replace(running, voice=voice, start=None, mixed=False, listed=False)


def _places(cue: Cue, sentence: Sentence) -> tuple[Span | None, Span | None]:
    """Return where a cue and its subject stand in the text."""
    words = sentence.words
    if cue.high <= cue.low:
        return None, None
    place, source = span(words.starts[cue.low], words.ends[cue.high - 1]), cue.subject and cue.subject.printed
    # in Chinese a pronoun's or left-out subject is taken from an earlier clause: that is no tie at the verb
    return place, source if source and place[0] <= source[0] and source[1] <= place[1] else None


def _touching(after: Sentence, end: int) -> Cue | None:
    """Return the cue of the next sentence that touches the closing mark: ``。”李实建议，…``."""
    first = after.cues[0] if after.start == end and after.cues else None
    return first if first is not None and first.low == 0 and not first.same else None
