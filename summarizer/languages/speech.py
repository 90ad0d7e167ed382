"""The tables of a language's ``speech.toml``: the comments there say what each list holds."""

from collections.abc import Mapping
from typing import NamedTuple

from summarizer.languages.wordlist import Form, Pattern

__all__ = [
    "Asides",
    "Bodies",
    "Continuation",
    "Coreference",
    "Cues",
    "HanBodies",
    "HanContinuation",
    "HanCoreference",
    "HanCuePatterns",
    "HanCues",
    "HanInterviews",
    "HanNamePatterns",
    "HanNames",
    "HanOfficePatterns",
    "HanOffices",
    "HanQuotations",
    "HanSpeech",
    "HanSubjectPatterns",
    "HanSubjects",
    "Interviews",
    "Names",
    "Offices",
    "Quotations",
    "Speech",
]

Words = tuple[str, ...]


class Quotations(NamedTuple):
    """What a quotation is not: half a sentence, a title."""

    negations: Words
    negations_after: Words
    negation_endings: tuple[Pattern, ...]
    works: Words
    works_after: Words


class Cues(NamedTuple):
    """Verbs and phrases of saying."""

    conjunctions: Words
    says: Words
    states: Words
    asks: Words
    shows: Words
    queries: Words
    query_words: Words
    describes: Words
    described_as: Words
    stresses: Words
    wishes: Words
    passives: Words
    tails: Words
    gerunds: Words
    participles: Words
    active: Words
    expresses: Words
    nouns: Words
    according: Words
    according_after: Words
    norms: Words
    at_start_only: Words
    as_said: Words
    agents: Words
    by_whom: Words
    own_view: Words
    belated: Words
    credited: Words
    tells: Words
    channels: Words
    time_words: Words
    relatives: Words
    auxiliaries: Words
    adverb_endings: Words
    infinitive: Words
    infinitive_of: Words
    infinitive_endings: Words
    several_endings: Words
    finite: Words
    nothing: Words
    occasions: Words
    copulas: Words


class Asides(NamedTuple):
    """What may stand between a speaker and his words."""

    asides: Words
    aside_endings: Words
    no_gerunds: Words
    attributes: Words


class Names(NamedTuple):
    """What names are made of and stand beside."""

    determiners: Words
    indefinite: Words
    elided_articles: Words
    connectors: Words
    of: Words
    at: Words
    and_: Words
    genitive: Words
    particles: Words
    honorifics: Words
    surnames: Words
    postnominals: Words
    personal: Words
    calendar: Words
    nationalities: Words
    places: Words
    openers: Words
    adversatives: Words
    generic: Words
    sides: Words
    numbers: Words


class Offices(NamedTuple):
    """Offices and callings, and what belongs to them."""

    roles: Words
    plurals: Mapping[str, str]
    ranks: Words
    presupposing: Words
    role_modifiers: Words
    adjective_endings: Words
    field_endings: Words
    diplomats: Words
    portfolios: Words
    fields: Words
    units: Words
    leaders: Words
    kin: Words
    hypernyms: tuple[Words, ...]
    synonyms: Mapping[str, str]
    elided: Mapping[str, str]


class Bodies(NamedTuple):
    """Firms, bodies and institutions."""

    bodies: Words
    kinds: Words
    trades: Words


class Coreference(NamedTuple):
    """Words that stand for somebody named before."""

    pronouns: Words
    plural: Words
    plural_endings: Words
    neuter: Words
    male: Words
    female: Words
    male_endings: Words
    female_endings: Words
    possessives: Mapping[str, str]
    stand_ins: Words
    age_endings: Words


class Continuation(NamedTuple):
    """Whose voice the next sentence is."""

    runs_on: bool
    by_mood: bool
    quotes_go_on: bool
    goes_on: Words
    points: Words
    first_person: Words
    modals: Words
    present: Words
    past: Words
    past_endings: Words
    perfect_endings: Words
    future: Words
    shifted: Words
    reporting: Words
    narrator: Words
    credits: Words


class Interviews(NamedTuple):
    """Labels of questions and answers."""

    questions: Words
    answers: Words


class Speech(NamedTuple):
    """Speech in a language of Latin letters."""

    cues: Cues
    asides: Asides
    names: Names
    offices: Offices
    bodies: Bodies
    coreference: Coreference
    continuation: Continuation
    quotations: Quotations
    interviews: Interviews


class HanCues(NamedTuple):
    """Verbs and phrases of saying."""

    says: Words
    acts: Words
    addressing: Words
    addressed: Words
    denials: Words
    attends: Words
    frames: Words
    states: Words
    announces: Words
    clauses: Words
    shows: Words
    documents: Words
    no_says: Words
    called: Words
    feelings: Words
    wishes: Words
    after_verb: Words
    reports: Words
    according: Words
    according_ends: Words
    learned_from: Words
    learned: Words


class HanSubjects(NamedTuple):
    """What stands beside the subject of a verb of saying."""

    generic: Words
    describing: Words
    described: Words
    counting: Words
    anyone: Words
    pointing: Words
    teams: Words
    reasons: Words
    rules: Words
    quoting: Words
    determiners: Words
    same_subject: Words
    before_subject: Words
    after_subject: Words
    no_objects: Words
    objects: Words
    subjectless: Words


class HanNames(NamedTuple):
    """What names are made of and stand beside."""

    surnames_two: Words
    surnames: Form
    foreign: Form
    foreign_dotted: Form
    adverbial: Form
    adverbial_second: Form
    kin: Words
    after_name: Words
    honorifics: Words
    addresses: Words


class HanOffices(NamedTuple):
    """Offices and callings, and what belongs to them."""

    roles: Words
    no_offices: Words
    before_office: Words
    heads: Words
    fields: Words
    departments: Words
    divisions: Words


class HanBodies(NamedTuple):
    """Firms, bodies and institutions."""

    bodies: Words
    common_bodies: Words
    countries: Words


class HanCoreference(NamedTuple):
    """Words that stand for somebody named before."""

    pronouns: Words
    plural: Words
    neuter: Words
    male: Words
    female: Words


class HanContinuation(NamedTuple):
    """Whose voice the next sentence is."""

    runs_on: bool
    goes_on: Words
    points: Words
    first_person: Words
    no_person: Words
    no_going_on: Words
    accounts: Words
    narrator: Words
    sites: Words
    pointing: Words
    opening: Words
    turning: Words
    proceedings: Words


class HanQuotations(NamedTuple):
    """What a quotation is not: half a sentence, half a number, a title."""

    negations: Words
    negations_after: Words
    negation_endings: tuple[Pattern, ...]
    numerals: Form
    magnitudes: Form
    before_numerals: Words
    works: Words
    works_after: Words


class HanInterviews(NamedTuple):
    """Labels of questions and answers."""

    askers: Words
    answers: Words


class HanNamePatterns(NamedTuple):
    """What surrounds a name, as the patterns look for it."""

    weekdays: Words
    familiar: str
    no_given: str
    after_foreign: str
    aged: str
    acting: Words


class HanOfficePatterns(NamedTuple):
    """What surrounds an office."""

    deputy: str
    deputies: Words
    chief: str
    office_ends: str
    office_joins: str
    no_office_after: str
    field_joins: str
    department: str
    party: str


class HanSubjectPatterns(NamedTuple):
    """What surrounds a subject."""

    firm: str
    genitive: str
    passive: str
    words_of: str
    no_subject: str
    between: str
    persons: str
    month: str
    day: str
    at: str
    after_family: str


class HanCuePatterns(NamedTuple):
    """What surrounds a cue."""

    tell: str
    clipped: str
    show: str
    after_feeling: Words
    no_clause: Words
    say: str
    after_say: str
    come: str
    within: str
    seen: str
    reporter: str
    hearsay: str
    wires: Words
    now: str
    before_asker: str
    no_people: Words
    intending: str
    done: str
    circumstance: str
    among: str
    turns: Words
    myself: str


class HanSpeech(NamedTuple):
    """Speech in Chinese characters."""

    cues: HanCues
    subjects: HanSubjects
    names: HanNames
    offices: HanOffices
    bodies: HanBodies
    coreference: HanCoreference
    continuation: HanContinuation
    quotations: HanQuotations
    interviews: HanInterviews
    name_patterns: HanNamePatterns
    office_patterns: HanOfficePatterns
    subject_patterns: HanSubjectPatterns
    cue_patterns: HanCuePatterns
