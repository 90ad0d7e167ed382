"""The words of speech of one language, read from the ``[speech]`` table of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from summarizer import languages
from summarizer.speech.phrases import Phrases

__all__ = ["Lexicon", "Phrases", "lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See ``languages/en.toml`` for what each list holds."""

    conjunctions: frozenset[str]
    says: Phrases
    states: Phrases
    asks: Phrases
    stresses: Phrases
    wishes: Phrases
    passives: frozenset[str]
    tails: frozenset[str]
    gerunds: Phrases
    participles: Phrases
    expresses: Phrases
    nouns: frozenset[str]
    according: Phrases
    at_start_only: Phrases
    as_said: Phrases
    agents: frozenset[str]
    by_whom: Phrases
    asides: Phrases
    no_gerunds: frozenset[str]
    attributes: frozenset[str]
    aside_endings: tuple[str, ...]
    own_view: Phrases
    belated: Phrases
    credited: Phrases
    copulas: frozenset[str]
    questions: frozenset[str]
    answers: frozenset[str]
    generic: frozenset[str]
    infinitive: frozenset[str]
    drops_subject: bool
    quotes_go_on: bool
    runs_on: bool
    diplomats: frozenset[str]
    portfolios: frozenset[str]
    synonyms: Mapping[str, str]
    elided: Mapping[str, str]
    auxiliaries: frozenset[str]
    first_person: Phrases
    pronouns: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    male_endings: tuple[str, ...]
    female_endings: tuple[str, ...]
    determiners: frozenset[str]
    connectors: frozenset[str]
    of: frozenset[str]
    at: frozenset[str]
    conjoined: frozenset[str]
    particles: frozenset[str]
    honorifics: frozenset[str]
    roles: frozenset[str]
    kin: frozenset[str]
    surnames: frozenset[str]
    indefinite: frozenset[str]
    stand_ins: frozenset[str]
    possessives: Mapping[str, str]
    occasions: frozenset[str]
    sides: frozenset[str]
    fields: frozenset[str]
    units: frozenset[str]
    kinds: frozenset[str]
    finite: frozenset[str]
    leaders: frozenset[str]
    age_endings: tuple[str, ...]
    hypernyms: tuple[frozenset[str], ...]
    role_modifiers: frozenset[str]
    bodies: frozenset[str]
    nationalities: frozenset[str]
    calendar: frozenset[str]
    body_first: bool
    places: frozenset[str]
    works: Phrases
    goes_on: Phrases
    modals: Phrases
    present: Phrases
    past: Phrases
    narrator: Phrases
    adjective_endings: tuple[str, ...]
    field_endings: tuple[str, ...]
    reporting: tuple[str, ...]  # endings of finite verbs whose tense or mood goes on reporting
    postnominals: frozenset[str]
    infinitive_endings: tuple[str, ...]
    infinitive_of: frozenset[str]
    adversatives: frozenset[str]
    personal: frozenset[str]
    openers: frozenset[str]
    future: tuple[str, ...]  # endings
    ranks: frozenset[str]
    callings: frozenset[str]  # roles, in English in the plural too
    phrase_beginnings: frozenset[str]  # small words with which a noun phrase may begin
    verb_beginnings: frozenset[str]  # with which a verb of saying may begin
    cue_beginnings: frozenset[str]  # with which any cue may begin
    active: frozenset[str]
    prepositions: frozenset[str]
    genitive: frozenset[str]
    neuter: frozenset[str]
    channels: frozenset[str]
    time_words: frozenset[str]
    relatives: frozenset[str]
    tells: frozenset[str]
    plural: frozenset[str]
    shifted: frozenset[str]
    credits: Phrases
    points: Phrases
    works_after: Phrases
    leading: Phrases
    trades: frozenset[str]
    numbers: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of an alphabetic language.

    Raises:
        ConfigurationError: the language has no file or no ``[speech]`` table.
    """
    table = languages.section(language, "speech")

    def words(name: str) -> frozenset[str]:
        return frozenset(table.get(name, ()))

    def phrases(name: str) -> Phrases:
        return Phrases(table.get(name, ()))

    verbs = [phrases(name).beginnings for name in ("says", "states", "asks", "expresses", "participles")]
    others = [phrases(name).beginnings for name in ("gerunds", "according", "own_view", "as_said", "by_whom")]
    callings = words("roles") | (
        frozenset() if table.get("body_first", True) else {_plural(role) for role in words("roles")}
    )
    small = [words(name) for name in ("determiners", "pronouns", "generic", "honorifics", "role_modifiers", "bodies")]
    return Lexicon(
        callings=callings,
        phrase_beginnings=callings.union(*small, words("particles") - words("connectors")),
        verb_beginnings=frozenset().union(*verbs),
        cue_beginnings=frozenset().union(*verbs, *others),
        conjunctions=words("conjunctions"),
        says=phrases("says"),
        states=phrases("states"),
        asks=phrases("asks"),
        stresses=phrases("stresses"),
        wishes=phrases("wishes"),
        passives=words("passives"),
        tails=words("tails"),
        gerunds=phrases("gerunds"),
        participles=phrases("participles"),
        expresses=phrases("expresses"),
        nouns=words("nouns"),
        according=phrases("according"),
        at_start_only=phrases("at_start_only"),
        as_said=phrases("as_said"),
        agents=words("agents"),
        by_whom=phrases("by_whom"),
        asides=phrases("asides"),
        no_gerunds=words("no_gerunds"),
        attributes=words("attributes"),
        aside_endings=tuple(table.get("aside_endings", ())),
        own_view=phrases("own_view"),
        belated=phrases("belated"),
        credited=phrases("credited"),
        copulas=words("copulas"),
        questions=words("questions"),
        answers=words("answers"),
        generic=words("generic"),
        infinitive=words("infinitive"),
        quotes_go_on=bool(table.get("quotes_go_on", False)),
        drops_subject=bool(table.get("drops_subject", False)),
        runs_on=bool(table.get("runs_on", False)),
        diplomats=words("diplomats"),
        portfolios=words("portfolios"),
        synonyms=MappingProxyType(dict(table.get("synonyms", {}))),
        elided=MappingProxyType(dict(table.get("elided", {}))),
        auxiliaries=words("auxiliaries"),
        first_person=phrases("first_person"),
        pronouns=words("pronouns"),
        male=words("male"),
        female=words("female"),
        male_endings=tuple(table.get("male_endings", ())),
        female_endings=tuple(table.get("female_endings", ())),
        determiners=words("determiners"),
        connectors=words("connectors"),
        of=words("of"),
        at=words("at"),
        conjoined=words("and"),
        particles=words("particles"),
        honorifics=words("honorifics"),
        roles=words("roles"),
        kin=words("kin"),
        surnames=words("surnames"),
        indefinite=words("indefinite"),
        stand_ins=words("stand_ins"),
        possessives=MappingProxyType(dict(table.get("possessives", {}))),
        occasions=words("occasions"),
        sides=words("sides"),
        fields=words("fields"),
        units=words("units"),
        kinds=words("kinds"),
        finite=words("finite"),
        leaders=words("leaders"),
        age_endings=tuple(table.get("age_endings", ())),
        hypernyms=tuple(frozenset(group) for group in table.get("hypernyms", ())),
        role_modifiers=words("role_modifiers"),
        bodies=words("bodies"),
        nationalities=words("nationalities"),
        calendar=words("calendar"),
        body_first=bool(table.get("body_first", False)),
        places=words("places"),
        works=phrases("works"),
        goes_on=phrases("goes_on"),
        modals=phrases("modals"),
        present=phrases("present"),
        past=phrases("past"),
        narrator=phrases("narrator"),
        adjective_endings=tuple(table.get("adjective_endings", ())),
        field_endings=tuple(table.get("field_endings", ())),
        reporting=tuple(table.get("reporting", ())),
        postnominals=words("postnominals"),
        infinitive_endings=tuple(table.get("infinitive_endings", ())),
        infinitive_of=words("infinitive_of"),
        adversatives=words("adversatives"),
        personal=words("personal"),
        openers=words("openers"),
        future=tuple(table.get("future", ())),
        ranks=words("ranks"),
        active=words("active"),
        prepositions=words("connectors") - words("determiners") - words("and"),
        genitive=words("genitive"),
        neuter=words("neuter"),
        channels=words("channels"),
        time_words=words("time_words"),
        relatives=words("relatives"),
        tells=words("tells"),
        plural=words("plural"),
        shifted=words("shifted"),
        credits=phrases("credits"),
        points=phrases("points"),
        works_after=phrases("works_after"),
        leading=phrases("leading"),
        trades=words("trades"),
        numbers=words("numbers"),
    )


def _plural(noun: str) -> str:
    """Return the plural of an English noun."""
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"
