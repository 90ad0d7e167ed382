"""Goes through an article once and writes down who says what."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from summarizer.speech import continuation, quotations
from summarizer.speech.alphabetic.asides import another_act
from summarizer.speech.continuation import Voice
from summarizer.speech.coreference import Focus
from summarizer.speech.cue import Frame
from summarizer.speech.entities import People
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.marks import Passage
from summarizer.speech.model import Kind, Speaker, Speech
from summarizer.speech.sentences import Sentence

__all__ = ["Reader"]

_LOOSE_ENDS = " \n,:，：\"'“‘«「『"
_SHORT = 10  # characters of reported speech that are left before a quotation; fewer tell nothing
_PAUSES = frozenset(",，:：")
_DATELINE = 16  # words
_REST = 3  # words after a frame in the middle of what is said; with fewer it closes it
_PENDING = 2  # a closing frame claims back the sentences of its paragraph if its speaker spoke so few paragraphs ago


class Reader:
    """Keeps the voice that speaks and the person spoken of while it reads the sentences."""

    def __init__(self, text: str, lex: Lexicon, people: People, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._lex = lex
        self._people = people
        self._sentences = sentences
        self._found: list[Speech] = []
        self._voice: Voice | None = None
        self._focus = Focus(lex, people)
        self._quotation: Speech | None = None  # the last one
        self._quoted_before = False  # the sentence before ended with a quotation and its frame
        self._told_before = False  # the sentence before was reported speech with its frame
        self._unclaimed: list[Sentence] = []  # sentences of this paragraph that a closing frame may claim

    def read(self) -> tuple[Speech, ...]:
        """Return the speech of the article in order."""
        for sentence, after in zip_longest(self._sentences, self._sentences[1:]):
            if sentence.first:
                self._unclaimed = []
            self._sentence(sentence, after)
            self._focus.remember()
        self._close()
        return tuple(self._apart(sorted(self._found, key=lambda speech: (speech.start, speech.kind != "direct"))))

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
        told = [f for f in sentence.frames if f.tied and not quotations.presents(sentence, f, direct, self._lex)]
        if told:
            self._told(sentence, told, direct)
        elif direct:
            self._close(pause=True)
            self._unclaimed = []
            self._told_beside(sentence, direct)
        elif not self._belongs_to_last(sentence):
            self._plain(sentence)
        if not sentence.frames and (self._voice is None or self._voice.start is None):
            self._focus.look(sentence)
        self._told_before = bool(told)
        self._quoted_before = bool(direct) and not self._told_after(sentence, direct)

    def _told_beside(self, sentence: Sentence, direct: dict[int, Speech]) -> None:
        """Open the voice of ``“…。”徐康说，一季度…``: in Chinese the clause after such a frame is reported speech."""
        frame = sentence.frames[-1] if sentence.frames else None
        if frame is None or frame.side != "both" or not self._lex.runs_on or frame.high <= max(direct):
            return
        if not quotations.only_marks(sentence.words, frame.high, len(sentence.words)):
            self._open(sentence, frame.high, len(sentence.words), direct[max(direct)].speaker)

    def _told_after(self, sentence: Sentence, direct: dict[int, Speech]) -> bool:
        """Tell whether a sentence goes on in other words after its last quotation and that one's frame."""
        frames = [f for f in sentence.frames if f.low > max(direct) and f.side == "right"]
        return bool(frames) or (self._voice is not None and self._voice.start is not None)

    # direct speech

    def _direct(self, sentence: Sentence, after: Sentence | None) -> dict[int, Speech]:
        """Find the direct speech of a sentence, by the index of its word."""
        found: dict[int, Speech] = {}
        for at, passage in sentence.quoted.items():
            presented, speaker = self._presented(sentence, at, passage, found, after)
            if presented:
                found[at] = Speech(passage.start, passage.end, "direct", speaker)
        self._found += found.values()
        if found:
            self._quotation = found[max(found)]
        return found

    def _presented(
        self, sentence: Sentence, at: int, passage: Passage, found: dict[int, Speech], after: Sentence | None
    ) -> tuple[bool, Speaker | None]:
        """Tell whether a quoted passage is speech, and whose."""
        if quotations.is_work(sentence, at, self._text, self._lex):
            return False, None
        frame = quotations.governing(sentence, at, self._text, self._lex)
        if frame is not None:
            return True, self._focus.resolve(frame, sentence)
        mention = quotations.introduced(sentence, at, self._text, self._lex)
        mention = mention or quotations.credited(sentence, at, self._lex)
        last = max(found, default=None)
        if mention is not None:
            return True, self._focus.whom(mention)
        if last is not None and quotations.only_marks(sentence.words, last + 1, at):
            return True, found[last].speaker
        if after is not None and quotations.alone(sentence, at):
            late = quotations.belated(after, self._lex)
            if late is None and self._follows(passage.outer_end, after):
                late = after.frames[0]
            if late is not None:
                return True, self._focus.resolve(late, after) if isinstance(late, Frame) else self._focus.whom(late)
        goes_on, speaker = self._before(sentence)
        speech = quotations.stands_alone(sentence, at, self._text, self._lex, goes_on=goes_on)
        return speech, speaker if speech else None

    def _follows(self, end: int, after: Sentence) -> bool:
        """Tell whether a frame of the next sentence touches the closing mark: ``。”李实建议，…``."""
        return after.start == end and bool(after.frames) and after.frames[0].low == 0 and not after.frames[0].same

    def _before(self, sentence: Sentence) -> tuple[bool, Speaker | None]:
        """Tell whether somebody spoke in the sentence before, and who: a quotation alone goes on in his voice."""
        if self._quoted_before and (not sentence.first or self._lex.quotes_go_on):
            return True, self._quotation.speaker if self._quotation is not None else None
        if self._told_before and not sentence.first and self._voice is not None:
            return True, self._voice.speaker
        return False, None

    def _belongs_to_last(self, sentence: Sentence) -> bool:
        """Pass over a sentence that only names the speaker of what stands before it, and give him that."""
        late = quotations.belated(sentence, self._lex)
        told = self._unclaimed[-1] if self._unclaimed and not sentence.first else None
        starts = self._lex.belated.at(sentence.words.low, 0) if late is not None else 0
        firm = starts > 1 or (starts == 1 and isinstance(late, Frame))  # "Lo rende noto", not "Lo ha deciso"
        if late is None or told is None or not firm or told.quoted:
            return late is not None and bool(self._found)
        speaker = self._focus.resolve(late, sentence) if isinstance(late, Frame) else self._focus.whom(late)
        start = told.words.starts[_dateline(told)]
        self._found.append(Speech(start, told.end, "reported", speaker))  # "Lo rende noto il Comune."
        self._unclaimed = []
        return True

    # reported speech

    def _told(self, sentence: Sentence, told: Sequence[Frame], direct: dict[int, Speech]) -> None:
        for frame in told:
            speaker = self._focus.resolve(frame, sentence)
            if self._inside_voice(frame, sentence, speaker):
                self._plain(sentence)
                return
            earlier = [f for f in told if f.high <= frame.low and f.side == "right"]
            if earlier and frame.side == "left" and self._voice is not None and self._voice.speaker == speaker:
                continue  # "The chamber believes that …, according to its paper": one frame is enough
            if frame.side == "right":
                later = [f.low for f in sentence.frames if f.low >= frame.high]
                stop = min([len(sentence.words), *later, *(at for at in direct if at >= frame.high)])
                stop = another_act(sentence.words, frame.high, stop, self._lex)
                self._open(sentence, frame.high, stop, speaker)
            else:
                self._claim(sentence, frame, speaker)
        self._unclaimed = []

    def _inside_voice(self, frame: Frame, sentence: Sentence, speaker: Speaker | None) -> bool:
        """Tell whether a voice that runs on only speaks of its own or everybody's hopes and words."""
        voice = self._voice
        if voice is None or voice.start is None or frame.subject is None or voice.backshift:
            return False
        same_paragraph = sentence.paragraph == voice.paragraph
        if frame.subject.head in self._lex.generic:
            return same_paragraph
        if not frame.wish or frame.subject.kind != "pronoun" or sentence.paragraph - voice.paragraph > 1:
            return False
        return speaker == voice.speaker or frame.subject.head in self._lex.plural

    def _open(self, sentence: Sentence, low: int, high: int, speaker: Speaker | None) -> None:
        """Begin a voice with the clause ``words[low:high]``."""
        self._close()
        words = sentence.words
        loose = self._lex.conjoined | self._lex.adversatives | _PAUSES
        while high > low and words.low[high - 1] in loose:
            high -= 1
        while low < high and words.low[low] in _PAUSES:
            low += 1
        if high <= low:
            return
        voice = continuation.opened(sentence, low, high, speaker, self._lex)
        voice.start, voice.end, voice.framed = words.starts[low], words.ends[high - 1], True
        voice.mixed = quotations.holds_own_words(sentence, low, high, self._text, self._lex)
        self._voice = voice

    def _claim(self, sentence: Sentence, frame: Frame, speaker: Speaker | None) -> None:
        """Give what stands before a closing frame to its speaker, with the sentences before in the same voice."""
        words, voice = sentence.words, self._voice
        pending = voice is not None and speaker is not None and voice.speaker == speaker
        pending = pending and voice is not None and sentence.paragraph - voice.paragraph <= _PENDING
        start = words.starts[_dateline(sentence)]
        if pending and voice is not None and voice.start is not None and not voice.framed:
            start, voice.start = voice.start, None
        self._close()
        own = continuation.first_person(sentence, self._lex)
        for earlier in reversed(self._unclaimed):
            heard = pending or continuation.first_person(earlier, self._lex)
            if continuation.about_somebody(earlier, self._lex, self._people) or continuation.narrated(
                earlier, self._lex
            ):
                break
            if not heard and not own:
                break
            start = earlier.start
        mixed = quotations.holds_own_words(sentence, 0, frame.low, self._text, self._lex)
        self._voice = Voice(speaker, sentence.paragraph)
        stop = min([f.low for f in sentence.frames if f.low >= frame.high], default=len(words))
        if frame.side == "both" and stop - frame.high > _REST:
            self._voice = continuation.opened(sentence, 0, stop, speaker, self._lex)
            self._voice.start, self._voice.end, self._voice.mixed = start, words.ends[stop - 1], mixed
            self._voice.framed = True
        elif frame.low:
            end = words.ends[frame.low - 1]
            self._found.append(Speech(start, end, "mixed" if mixed else "reported", speaker))

    def _plain(self, sentence: Sentence) -> None:
        """Let the voice run on through a sentence without a frame, or end it."""
        voice = self._voice
        if voice is None or not continuation.runs_on(voice, sentence, self._lex, self._people):
            self._unclaimed.append(sentence)
            self._close(pause=True)
            return
        if voice.start is None:
            voice.start = sentence.start
        voice.end, voice.paragraph = sentence.end, sentence.paragraph
        voice.mixed = voice.mixed or quotations.holds_own_words(
            sentence, 0, len(sentence.words), self._text, self._lex
        )

    def _close(self, *, pause: bool = False) -> None:
        """Write down the open stretch of the voice; `pause`: it may be taken up again."""
        voice = self._voice
        if voice is not None and voice.start is not None:
            kind: Kind = "mixed" if voice.mixed else "reported"
            self._found.append(Speech(voice.start, voice.end, kind, voice.speaker))
            self._voice = replace(voice, start=None, mixed=False, listed=False, framed=False) if pause else None
        elif not pause:
            self._voice = None


def _dateline(sentence: Sentence) -> int:
    """Return the index of the first word after ``HANGZHOU, Nov. 5 (Xinhua) --``, 0 without a dateline."""
    words = sentence.words
    for at in range(1, min(_DATELINE, len(words) - 1)):
        if words.low[at] in {"-", "–", "—"} and words.low[at + 1] not in {"-", "–", "—"}:
            return at + 1 if words.printed[0].isupper() or ")" in words.low[:at] else 0
    return 0
