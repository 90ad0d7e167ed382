"""Speech in languages that are written in letters and part their words by spaces."""

from dataclasses import replace

from summarizer.speech.alphabetic.cues import frames
from summarizer.speech.alphabetic.interviews import with_answers
from summarizer.speech.alphabetic.mentions import described, mentions
from summarizer.speech.alphabetic.words import split
from summarizer.speech.attribution import Reader
from summarizer.speech.entities import People
from summarizer.speech.lexicon import Lexicon, lexicon
from summarizer.speech.marks import passages, undoubled
from summarizer.speech.model import Speech
from summarizer.speech.sentences import Parse, Parsed, Sentence, read, repaired
from summarizer.speech.words import Words, masked

__all__ = ["find"]


_LONGEST = 600  # words; a longer "sentence" is a table or a list, and looking for its frames would not be linear


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article of an alphabetic language."""
    lex = lexicon(language)
    text = undoubled(text)

    def reading(plain: str) -> Parse:
        def parse(start: int, end: int) -> Parsed:
            words = _elided(split(plain, start, end), lex)
            if len(words) > _LONGEST:
                return words, [], []
            named = [described(words, mention, lex) for mention in mentions(words, lex)]
            return words, named, frames(words, named, lex)

        return parse

    marked = repaired(text, passages(text), language, reading(text))
    sentences = read(text, marked, language, reading(masked(text, marked)))
    people = People(text, lex)
    people.learn([mention for sentence in sentences for mention in sentence.mentions])
    people.hear(frame.subject for sentence in sentences for frame in sentence.frames if frame.subject)
    sentences = [_settled(sentence, people) for sentence in sentences]
    return with_answers(text, Reader(text, lex, people, sentences).read(), people, lex)


def _settled(sentence: Sentence, people: People) -> Sentence:
    """Leave out the frames that need a person for their subject and have none: ``Per la scuola il governo …``."""
    if not any(frame.doubtful for frame in sentence.frames):
        return sentence
    kept = [f for f in sentence.frames if not f.doubtful or (f.subject and people.stands_for_person(f.subject))]
    return replace(sentence, frames=kept)


def _elided(words: Words, lex: Lexicon) -> Words:
    """Read a word that is an office after an elided article only: ``l'ad di Eni``, but ``ad Alba``."""
    if lex.elided.keys().isdisjoint(words.low):
        return words
    low = [
        lex.elided.get(word, word) if at and words.low[at - 1].endswith("l'") else word
        for at, word in enumerate(words.low)
    ]
    return replace(words, low=low)
