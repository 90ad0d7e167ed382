"""How far a reported voice is heard: with its sentence it ends, unless the paragraph shows that it goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.speech import continuation
from summarizer.speech.cue import Cue
from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.han.pieces import COMMAS
from summarizer.speech.mention import Mention
from summarizer.speech.sentences import Sentence

__all__ = ["Voices"]

_RUN = 2  # sentences that a report may run on through without a word of whoever speaks
_NARRATOR = Mention(0, 1, "pronoun")  # nobody who was spoken of before: no speech goes on through what tells of him


class Voices:
    """Tells the narrator's sentences of one article from those that go on with a report."""

    def __init__(self, plain: str, sentences: Sequence[Sentence], han: HanPatterns) -> None:
        self._plain = plain
        self._own = han.cues
        self._shows = han.table.cues.shows
        self._accounts = han.table.continuation.accounts
        self._myself = han.table.cue_patterns.myself
        self._lex = han.lexicon
        self._sentences = sentences
        subjects = (cue.subject for sentence in sentences for cue in sentence.cues)
        self._speakers = tuple({name for subject in subjects if (name := self._name(subject))})

    def told(self) -> Iterator[Sentence]:
        """Yield the sentences, those marked that are the narrator's after somebody's report."""
        sentences, at, talks = self._sentences, 0, True
        while at < len(sentences):
            end = _run(sentences, at + 1)
            if sentences[at].cues:
                talks = not self._shown(sentences[at])
                heard = self._heard(at, end) if end > at + 1 else end
            else:
                heard = end if talks else at
            yield from sentences[at:heard]
            yield from (replace(each, mentions=(_NARRATOR, *each.mentions)) for each in sentences[heard:end])
            at = end

    def _heard(self, at: int, end: int) -> int:
        """Return where the report ends that is begun by the cue of ``sentences[at]``."""
        sentences = self._sentences
        cue = sentences[at].cues[-1]
        stop = next((n for n in range(at + 1, end) if self._narrates(sentences[n], cue)), end)
        if self._shown(sentences[at]):
            return at + 1
        frame = self._plain[sentences[at].words.ends[cue.high - 1] - 1] in f"{COMMAS}：:" or cue.side != "right"
        short = stop == end and end - at <= _RUN + 1
        if short and frame and self._at_length(sentences[at]) and self._same_voice(cue, end):
            return end
        return max((n for n in range(at + 1, stop) if self._speaks(sentences[n])), default=at) + 1

    def _verb(self, sentence: Sentence) -> str:
        """Return the words of a sentence's last cue, without their comma or colon."""
        cue, words = sentence.cues[-1], sentence.words
        return self._plain[words.starts[cue.low] : words.ends[cue.high - 1]].rstrip(f"{COMMAS}：:")

    def _shown(self, sentence: Sentence) -> bool:
        """Tell whether data show what a sentence says: they do not go on."""
        return self._verb(sentence).endswith(self._shows)

    def _at_length(self, sentence: Sentence) -> bool:
        """Tell whether whoever a sentence quotes may speak at length: a person, or a body that gives an account."""
        kind = sentence.cues[-1].subject.kind if sentence.cues[-1].subject else None
        return kind != "many" and (kind != "body" or self._verb(sentence).endswith(self._accounts))

    def _narrates(self, sentence: Sentence, cue: Cue) -> bool:
        """Tell whether a sentence tells who was there, or whether the narrator goes on after somebody spoke."""
        place = self._plain, sentence.start, sentence.end
        if continuation.narrated(sentence, self._lex) or self._of_page(*place):
            return True
        if self._own.attending.search(*place):
            return self._myself not in self._plain[sentence.start : sentence.end]
        name = self._name(cue.subject)
        if self._plain.startswith(self._speakers, sentence.start) or (
            name and name in self._plain[slice(*place[1:])]
        ):
            return True  # 会议指出，…。会议还审议了…: whoever speaks does not name himself
        body = cue.subject is not None and cue.subject.kind == "body"
        if self._own.pointing.match(*place) or self._own.opening.match(*place):
            return True
        return not body and self._own.turning.match(*place) is not None

    def _of_page(self, plain: str, start: int, end: int) -> bool:
        """Tell whether a sentence is no text of the article: ``（记者王明）``, or a headline with its page's name."""
        return bool(self._own.margin.match(plain, start, end) or self._own.page.search(plain, start, end))

    def _speaks(self, sentence: Sentence) -> bool:
        goes_on = self._lex.continuation.goes_on.at(sentence.words.low, 0)
        return bool(goes_on) or continuation.first_person(sentence, self._lex)

    def _same_voice(self, cue: Cue, end: int) -> bool:
        """Tell whether the paragraph ends, or the next words are the same speaker's."""
        after = self._sentences[end] if end < len(self._sentences) else None
        if after is None or after.first:
            return True
        if not after.cues:
            return _quotes(after)
        subject, own = after.cues[0].subject, cue.subject
        if subject is None or own is None or "pronoun" in {subject.kind, own.kind}:
            return True
        return self._name(subject) is not None and self._name(subject) == self._name(own)

    def _name(self, subject: Mention | None) -> str | None:
        return self._plain[slice(*subject.name)] if subject is not None and subject.name else None


def _run(sentences: Sequence[Sentence], at: int) -> int:
    """Return where the sentences of one paragraph end that have no cue and do not begin with a quotation."""
    end = at
    while end < len(sentences) and not (sentences[end].first or sentences[end].cues or _quotes(sentences[end])):
        end += 1
    return end


def _quotes(sentence: Sentence) -> bool:
    return 0 in sentence.quoted
