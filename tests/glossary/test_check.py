"""What a line has of a glossary, and what its translation may call it."""

import pytest

from summarizer.checks.translations import TranslationChecker
from summarizer.glossary.mentions import mentions
from summarizer.glossary.model import Entry, Glossary, Kind
from tests.support.claims import reading


def entry(code: str, term: str, to: str, *forms: str, forbidden: tuple[str, ...] = (), kind: Kind = "term") -> Entry:
    return Entry(kind, {code: (term,)}, {to: forms}, {to: forbidden})


def codes(known: tuple[Entry, ...], code: str, line: str, to: str, text: str) -> list[str]:
    found = TranslationChecker(reading(line, code), to, Glossary(known)).check(line, text, "")
    return [f.code for f in found if f.code.startswith("glossary.")]


MINISTER = entry("en", "minister", "it", "ministro", forbidden=("ministero",))
EXPO = entry("zh", "博览会", "en", "exhibition", "expo", forbidden=("exposition",))
EXHIBITOR = entry("zh", "参展商", "en", "exhibitor")
TAIWAN = entry("it", "contratto quadro", "en", "framework contract", forbidden=("agreement",))


@pytest.mark.parametrize(
    ("known", "code", "line", "to", "text", "found"),
    [
        # a word of the same family will do, unless it is forbidden or another term's own
        ((MINISTER,), "en", "The minister spoke.", "it", "Il ministero ha parlato.", ["glossary.forbidden"]),
        ((MINISTER,), "en", "The ministers spoke.", "it", "I ministri hanno parlato.", []),
        ((EXPO, EXHIBITOR), "zh", "博览会有参展商。", "en", "The fair has exhibitors.", ["glossary.missing"]),
        ((EXPO, EXHIBITOR), "zh", "博览会有参展商。", "en", "The expo has exhibitors.", []),
        # what is forbidden for one thing may be another's word
        ((TAIWAN,), "it", "Un contratto quadro e un'intesa.", "en", "A framework contract and an agreement.", []),
        ((TAIWAN,), "it", "Un contratto quadro.", "en", "An agreement.", ["glossary.forbidden"]),
        # a part of a name that stays as it is
        ((entry("en", "women", "it", "donna"),), "en", "The Women's Hospital.", "it", "Il Women's Hospital.", []),
        ((entry("en", "election", "it", "elezione"),), "en", "His re-election.", "it", "La conferma.", []),
        ((entry("zh", "商务部", "en", "Ministry"),), "zh", "商务部长发言。", "en", "The secretary spoke.", []),
        (
            (entry("zh", "商务部", "en", "Ministry"),),
            "zh",
            "商务部发言。",
            "en",
            "The secretary spoke.",
            ["glossary.missing"],
        ),
        ((entry("en", "US", "it", "Stati Uniti"),), "en", "They told us.", "it", "Ce l'hanno detto.", []),
    ],
)
def test_a_translation_is_held_to_the_glossary(known, code, line, to, text, found):
    assert codes(known, code, line, to, text) == found


def test_the_longest_of_entries_that_overlap_counts():
    known = Glossary((entry("it", "banca", "en", "bank"), entry("it", "banca centrale", "en", "central bank")))
    assert [m.phrase for m in mentions("La Banca centrale e le banche.", "it", known)] == ["banca centrale", "banca"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Rossi ha parlato.", True),
        ("Il sindaco Rossi ha parlato.", True),
        ("Alberto Rossi ha parlato.", False),
        ("A. Rossi ha parlato.", True),
    ],
)
def test_a_person_is_known_by_the_family_name_where_the_article_has_the_whole(line, named):
    known = Glossary((entry("it", "Anna Rossi", "zh", "安娜·罗西", kind="person"),))
    assert bool(mentions(line, "it", known, "Anna Rossi è sindaca. " + line)) == named
    assert mentions(line, "it", known, line) == ()
