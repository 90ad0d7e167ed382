"""Speech in languages that are written in letters and part their words by spaces."""

from dataclasses import replace

from summarizer.speech.alphabetic.capitals import named_in, without_nouns
from summarizer.speech.alphabetic.cues import cues
from summarizer.speech.alphabetic.dialogue import with_turns
from summarizer.speech.alphabetic.grammar import Grammar, grammar
from summarizer.speech.alphabetic.interviews import with_answers
from summarizer.speech.alphabetic.mentions import described, mentions
from summarizer.speech.alphabetic.words import after_dateline, split
from summarizer.speech.attribution import Attribution
from summarizer.speech.entities import Entities
from summarizer.speech.marks import passages, undoubled
from summarizer.speech.model import Speech
from summarizer.speech.sentences import Parse, Parsed, Sentence, read, repaired
from summarizer.speech.words import Words, masked

__all__ = ["find"]


_LONGEST = 600  # words; a longer "sentence" is a table or a list, and looking for its cues would not be linear
_LONG = 4  # letters of a word that title case gives a capital; so many such words make a headline


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article of an alphabetic language."""
    lex = grammar(language)
    text = undoubled(text)
    nouns = lex.language.nouns_capital
    names = named_in(split(text, 0, len(text), elides=False), lex) if nouns else frozenset()

    def reading(plain: str) -> Parse:
        def parse(start: int, end: int) -> Parsed:
            words = after_dateline(
                _elided(
                    split(plain, start, end, elides=bool(lex.elided_articles), pronouns=lex.joined_pronouns), lex
                ),
                lex.names.calendar,
            )
            words = without_nouns(words, names, lex) if nouns else words
            if len(words) > _LONGEST or _headline(words):
                return words, [], []
            named = [described(words, mention, lex) for mention in mentions(words, lex)]
            return words, named, cues(words, named, lex)

        return parse

    marked = repaired(text, passages(text), lex.language, reading(text))
    marked = with_turns(text, marked, reading(text))
    sentences = read(text, marked, language, reading(masked(text, marked)))
    entities = Entities(text, lex)
    entities.learn([mention for sentence in sentences for mention in sentence.mentions])
    entities.hear(cue.subject for sentence in sentences for cue in sentence.cues if cue.subject)
    sentences = [_settled(sentence, entities) for sentence in sentences]
    return with_answers(text, Attribution(text, lex, entities, sentences).read(), entities, lex)


def _headline(words: Words) -> bool:
    """Tell a headline in title case, in which a capital shows no name: ``Experts Warn of Floods in the Valley``."""
    long = [word for word in words.printed if len(word) >= _LONG and word.isalpha()]
    return len(long) >= _LONG and all(word[0].isupper() for word in long) and words.printed[-1].isalnum()


def _settled(sentence: Sentence, entities: Entities) -> Sentence:
    """Leave out the cues that need a person for their subject and have none: ``Per la scuola il governo …``."""
    if not any(cue.doubtful for cue in sentence.cues):
        return sentence
    kept = [c for c in sentence.cues if not c.doubtful or (c.subject and entities.stands_for_person(c.subject))]
    return replace(sentence, cues=kept)


def _elided(words: Words, lex: Grammar) -> Words:
    """Read a word that is an office after an elided article only (``l'ad``), and ``US``, not ``us``."""
    acronyms = {word.lower() for word in words.printed if len(word) > 1 and word.isupper()} & lex.function_words
    if not acronyms and lex.elided.keys().isdisjoint(words.low):
        return words
    low = [
        printed
        if word in acronyms and printed.isupper()
        else lex.elided.get(word, word)
        if at and words.low[at - 1].endswith(lex.elided_articles)
        else word
        for at, (word, printed) in enumerate(zip(words.low, words.printed, strict=True))
    ]
    return replace(words, low=low)
