"""Where a noun phrase that may name a speaker begins and ends."""

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.nouns import (
    field_adjective,
    honours,
    is_role,
    joins,
    named,
    starts_name,
    surname,
    titled,
)
from summarizer.speech.alphabetic.verbs import is_verb
from summarizer.speech.words import Words

__all__ = ["COMPANY_ENDS", "only_names", "phrase_end"]

_MAX_APPOSITION = 45  # words; the longest offices of officials stay under it
_TO_BODY = 6  # words before the noun of a body: "of the country's growers' federation"
_LISTED = 16  # words of an office, its field and its body, listed with commas
_NAMES = 5  # words of a person's name
_STOPS = frozenset(".;:)")
COMPANY_ENDS = frozenset({"ltd", "inc", "llc", "corp", "s", "co", "plc", "limited"})


def phrase_end(words: Words, at: int, lex: Grammar) -> int:
    """Return where the noun phrase that begins at `at` ends, `at` when none does."""
    small = lex.small
    low = words.low[at]
    counted = low in small.determiners and titled(words, at + 1, lex)  # "one diplomat"
    if (low in small.pronouns and not surname(words, at, lex)) or (low in small.generic and not counted):
        return at + 1
    end = at
    while end - at < 3 and words.at(end) in small.determiners:
        end += 1
    core = core_end(words, end, lex)
    return _appositions_end(words, end, core, lex) if core > end else at


def core_end(words: Words, at: int, lex: Grammar) -> int:
    """Return the end of names, offices and bodies joined by prepositions, brackets and ``'s``."""
    end = at
    while end < len(words) and (step := _step(words, at, end, lex)):
        end += step
    return end


def _step(words: Words, at: int, end: int, lex: Grammar) -> int:
    """Return by how many words the phrase ``words[at:end]`` goes on."""
    small, names = lex.small, lex.names
    low = words.low[end]
    party = end > at and words.low[end - 1] in names.sides  # "Secondo l'accusa Galli …"
    if (named(words, end, lex) and not party) or titled(words, end, lex) or low in names.bodies:
        return 1
    if end == at:
        return starts_name(words, at, lex)
    if low == "(":
        return _bracket(words, end)
    if words.low[end - 1] == "'s" and words.printed[end].islower():
        return _to_body(words, end, end, lex)  # officials with the city's fire department
    if low in names.connectors or low in small.particles or low in small.conjoined:
        return _joined(words, at, end, lex)
    adjective = _adjective(words, end, lex)
    owners = low == "'" and words.low[end - 1].endswith("s")
    plural = owners and (words.capital(end + 1) or words.at(end + 1) in names.bodies)  # the growers' federation
    return int(low in {"'s", "&"} or adjective or plural or (low == "." and _abbreviated(words, end - 1, lex)))


def _adjective(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether an adjective stands between an office and a name: ``il console economico Yao Ming``."""
    if lex.language.adjectives_follow and words.low[at - 1] in lex.names.bodies:
        return field_adjective(words, at, lex)  # la Camera europea
    ended = words.low[at].endswith(lex.names.adjective_endings)
    return ended and is_role(words.low[at - 1], lex) and named(words, at + 1, lex)


def _abbreviated(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether the full stop after word `at` is that of ``Dr.``, ``Co.`` or an initial, inside the phrase."""
    low = words.low[at]
    initial = len(low) == 1 and words.capital(at)
    after_name = honours(words, at, lex) and words.plain(at + 2)  # Anna Cole Jr. said
    return initial or after_name or (at + 2 < len(words) and (low in lex.names.honorifics or low in COMPANY_ENDS))


def _bracket(words: Words, at: int) -> int:
    return next((end + 1 - at for end in range(at + 1, min(at + 6, len(words))) if words.low[end] == ")"), 0)


def _joined(words: Words, start: int, at: int, lex: Grammar) -> int:
    """Return how many words lead over prepositions and articles to the phrase's next name, office or body."""
    small, names = lex.small, lex.names
    low = words.low[at]
    if low in small.conjoined and _another_office(words, at, lex):
        return 0
    new = low in small.determiners and words.printed[at].islower()
    if new and lex.language.subject_may_follow and (titled(words, at + 1, lex) or not words.capital(at + 1)):
        return 0  # "Deluso dal Tar | il sindaco"
    place = low not in names.genitive and low not in names.at and low not in small.conjoined
    if lex.language.nouns_capital and place and low not in small.particles:
        return 0  # "ein Zeuge | im Ort", "das Interview | auf dem Platz"
    headed = any(is_role(word, lex) or word in names.bodies for word in words.low[start:at])
    if not (headed or low in names.genitive or low in small.conjoined or low in small.particles):
        return 0
    end = at
    while end - at < 3 and (joins(words.at(end), lex) or words.at(end) in small.particles):
        end += 1
    if named(words, end, lex) or titled(words, end, lex):
        return end - at
    return _to_body(words, at, end, lex) or _to_field(words, at, end, lex)


def _to_body(words: Words, at: int, start: int, lex: Grammar) -> int:
    """Return the length of ``of a local textile`` before the noun of a body."""
    for ahead in range(start, min(start + _TO_BODY, len(words))):
        if start == at and words.low[ahead] in lex.small.determiners:
            break  # "Hale's tested a joint venture"
        if words.low[ahead] in lex.names.bodies:
            return ahead - at
        joined = words.low[ahead].isalpha() or words.low[ahead] in {"'s", "'", "’"}
        if not joined or words.low[ahead] in lex.names.connectors:
            break
    return 0


def _to_field(words: Words, at: int, start: int, lex: Grammar) -> int:
    """Return the length of ``di commercio`` after a body and of ``of foreign affairs`` after an office."""
    if words.low[at] not in lex.names.genitive or not words.at(start).isalpha():
        return 0
    if words.low[at - 1] in lex.names.bodies:
        return start + 1 + field_adjective(words, start + 1, lex) - at  # autorità di sistema portuale
    return _field(words, at, start, lex) if titled(words, at - 1, lex) else 0


def _field(words: Words, at: int, start: int, lex: Grammar) -> int:
    """Return the length of ``of foreign affairs`` if a comma or the office's body follows."""
    for end in range(start, min(start + 4, len(words))):
        low = words.low[end]
        body = low == "," or low in lex.names.at or low in lex.names.genitive
        name = lex.language.body_noun_first and (
            words.capital(end) or low in _STOPS
        )  # "degli spedizionieri Ugo Verdi"
        if end > start and (body or name):
            return end - at
        if not low.isalpha() or low in lex.names.connectors or low in lex.verbs.active:
            break
    return 0


def _another_office(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether "and" after a person's name leads to the next person's office."""
    before = words.low[at - 1]
    after = words.past(words.past(at + 1, lex.small.determiners), lex.names.role_modifiers)
    name = words.capital(at - 1) and not titled(words, at - 1, lex)
    name = name and before not in lex.names.bodies and before not in lex.names.places
    return name and words.at(after) in lex.entities.roles


def _appositions_end(words: Words, start: int, end: int, lex: Grammar) -> int:
    """Take in what stands between commas: an office after a name, a name after an office, a company's ending."""
    has_role = any(is_role(word, lex) for word in words.low[start:end])
    article = start > 0 and words.low[start - 1] in lex.small.determiners and not lex.language.subject_may_follow
    has_name = only_names(words, start, end, lex) and not article  # "the BBC, the minister said"
    if has_role and not has_name:
        end = _long_office_end(words, end, lex)
    while end + 1 < len(words) and words.low[end] == ",":
        end = _past_age(words, end, lex)
        stop = _comma_end(words, end + 1)
        if (words.low[end + 1] in COMPANY_ENDS and has_role) or honours(words, end + 1, lex):
            end = max(core_end(words, end + 1, lex), end + 2)
        elif lex.language.subject_may_follow and end - start == 1 and words.low[end + 1] in lex.small.determiners:
            break  # "Dazi, il ministro: …": the topic of a headline
        elif has_name and (led := _role_led(words, end + 1, stop, lex)):
            end = core_end(words, led, lex)
            has_role = True
        elif has_role and end - start > 1 and words.capital(end - 1) and _second_office(words, end + 1, stop, lex):
            end = core_end(words, _role_led(words, end + 1, stop, lex), lex)
        elif has_name and has_role and (listed := _listed_end(words, end, lex)):
            end = listed
        elif has_role and not has_name and _name_alone(words, end + 1, lex):
            end = core_end(words, end + 1, lex)
            has_name = True
        else:
            break
    return end


def _past_age(words: Words, comma: int, lex: Grammar) -> int:
    """Step over an age before an office: ``Marco Tassi, 48 anni, amministratore delegato,``."""
    age = range(comma + 2, min(comma + 4, len(words) - 1)) if words.low[comma + 1].isdigit() else ()
    end = next((i for i in age if words.low[i] == ","), 0)
    return end if end and _role_led(words, end + 1, _comma_end(words, end + 1), lex) else comma


def _listed_end(words: Words, comma: int, lex: Grammar) -> int:
    """Return the end of the field and body that a press release lists after an office: ``…, CEO, Sora Foods``.

    0 when what follows the comma is no such thing or begins the next person in a list.
    """
    start = comma
    while start > 0 and words.low[start - 1] != ",":
        start -= 1
    before = words.low[start:comma]
    if not any(is_role(word, lex) for word in before) or any(word in lex.small.of for word in before):
        return 0
    end = 0
    while comma < len(words) - 1 and words.low[comma] == "," and words.capital(comma + 1) and end < start + _LISTED:
        high = core_end(words, comma + 1, lex)
        if high == comma + 1 or any(is_role(word, lex) for word in words.low[comma + 1 : high]):
            return 0
        if words.at(high)[:1].isalnum() and not is_verb(words, high, lex):
            return end
        end = comma = high
    next_office = words.at(end) == "," and _role_led(words, end + 1, _comma_end(words, end + 1), lex)
    return 0 if next_office else end


def _second_office(words: Words, at: int, stop: int, lex: Grammar) -> bool:
    """Tell whether one more office stands between commas: ``l'economista Giulia Sarti, docente alla Bocconi,``."""
    led = _role_led(words, at, stop, lex)
    return led == at and core_end(words, led, lex) == stop and words.at(stop) == ","


def _long_office_end(words: Words, end: int, lex: Grammar) -> int:
    """Step over the words in small letters of a long office, if a name between commas follows them."""
    at = end
    body = words.low[end - 1] in lex.names.bodies
    while at < len(words) and at - end < (14 if body else 4) and words.low[at] not in lex.verbs.auxiliaries:
        if not body and is_verb(words, at, lex):
            break
        if words.low[at] == ",":
            after = core_end(words, at + 1, lex)
            named = after - at > 2 and words.at(after) == ","
            return at if at > end and named and only_names(words, at + 1, after, lex) else end
        if not (words.low[at][0].isalnum() or words.low[at][-1] == "'"):
            break
        at += 1
    return end


def _name_alone(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a person's name begins at `at`; a single word counts between commas only."""
    end = core_end(words, at, lex)
    single = end - at == 1 and words.at(end) not in ",."
    return not single and only_names(words, at, end, lex)


def _comma_end(words: Words, at: int) -> int:
    high = min(at + _MAX_APPOSITION, len(words))
    return next((end for end in range(at, high) if words.low[end] in ",;"), high)


def only_names(words: Words, start: int, end: int, lex: Grammar) -> bool:
    """Tell whether the words are a person's name and nothing else."""
    outer = (lex.small.particles, lex.names.honorifics, (".", "'"))
    inner = [i for i in range(start, end) if not any(words.low[i] in some for some in outer)]
    return 0 < len(inner) <= _NAMES and all(
        named(words, i, lex)
        and words.low[i] not in lex.names.bodies
        and (words.low[i] not in lex.entities.roles or (i > inner[0] and words.low[i] in lex.entities.surnames))
        for i in inner
    )


def _role_led(words: Words, at: int, end: int, lex: Grammar) -> int:
    """Return where an office stands among the first words, 0 if none does or it has a name of its own."""
    small = lex.small
    for index in range(at, min(at + 7, end)):
        low = words.low[index]
        if is_role(low, lex):
            if low not in lex.entities.roles:
                return 0  # "In May, officials said": of many, no one's office
            after = index + 1
            while after < end and titled(words, after, lex):
                after += 1
            own = after < end and words.low[after] not in small.of and named(words, after, lex)
            return 0 if own else index
        saying = is_verb(words, index, lex) and not titled(words, index, lex)
        barred = low in small.pronouns or low in lex.cues.relatives or low in small.of or saying
        if barred or not (low.isalpha() or "-" in low or low in {"'s", "&"}):
            break
    return 0
