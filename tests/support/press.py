"""A small run for tests of what shows it: an English, an Italian and a Chinese article, with doubts of each kind."""

from summarizer.digest import Digest
from tests.support.written import at, brief, digest, figure, finding, quote

#: Ships are beyond the Basic Multilingual Plane: one code point each, and two UTF-16 units.
PORT = (
    "🚢🚢 The port of Trieste handled 62 million tonnes in 2023.\n\n"
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    '"We will hire 230 people," said Luca Bianchi, the mayor. The quay is 8,<> metres long.'
)
FAIR = (
    "La fiera di Rimini ha chiuso con 120.000 visitatori. Il direttore Marco Verdi ha detto che "
    "l'anno prossimo ci saranno più espositori."
)
VISIT = "昨日下午，宁波市市长陈志远会见了意大利驻沪总领事罗西一行。\n\n陈志远说，宁波是古代海上丝绸之路的\n重要起点。双方去年贸易额达69.66亿元。"


def port() -> Digest:
    """Return the English one: a doubt, a proof and a note at its lines."""
    tonnes, rail = "The port of Trieste handled 62 million tonnes", '"Rail traffic grew by 7.6% last year,"'
    return digest(
        PORT,
        "en",
        source="press/port.txt",
        outlet="The Harbour Post",
        published="2026-01-01",
        url="https://example.org/port",
        headline="Trieste grows",
        abstract="The port handled 62 million tonnes.",
        points=[("The port handled 62 million tonnes.", tonnes), ("Rail traffic grew by 7.6%.", rail)],
        quotes=[
            quote(PORT, "Rail traffic grew by 7.6% last year", "Anna Rossi", translations={"it": "Treni +7,6%"}),
            quote(PORT, "We will hire 230 people", "Luca Bianchi"),
        ],
        figures=[figure(PORT, "62 million tonnes"), figure(PORT, "8,<>", suspect=True)],
        briefs=[
            brief(
                "en",
                "it",
                ("Trieste grows", "Trieste cresce"),
                ("The port handled 62 million tonnes.", "Il porto: 63 milioni di tonnellate.", at(PORT, tonnes)),
                ("Rail traffic grew by 7.6%.", "I treni crescono del 7,6%.", at(PORT, rail)),
            )
        ],
        findings=[
            finding("figure.changed", "error", "it has 63 million, the source 62", "/briefs/0/segments/0/target"),
            finding("quote.named", "warning", "the article does not tie the name to it", "/quotes/1"),
            finding(
                "summary.attribution", "info", "'Rail traffic grew by 7.6%.' is a claim", "/summary/key_points/1"
            ),
            finding("figure.garbled", "warning", "'8,<>' is no figure", "/figures/1", at(PORT, "8,<>")),
            finding("review.missing", "warning", "no second reading could be had"),
        ],
    )


def fair() -> Digest:
    """Return the Italian one: nothing to look at."""
    said = "l'anno prossimo ci saranno più espositori"
    return digest(
        FAIR,
        "it",
        source="press/fiera.txt",
        title="Rimini chiude la fiera",
        headline="Rimini chiude con 120.000 visitatori",
        abstract="La fiera di Rimini ha chiuso con 120.000 visitatori.",
        points=[("Ci saranno più espositori.", said)],
        quotes=[quote(FAIR, said, "Marco Verdi", kind="reported")],
        figures=[figure(FAIR, "120.000")],
    )


def visit() -> Digest:
    """Return the Chinese one: a headline without a translation."""
    said = "宁波是古代海上丝绸之路的\n重要起点"
    return digest(
        VISIT,
        "zh",
        source="press/visit.txt",
        outlet="宁波日报",
        headline="宁波市长会见意大利总领事",
        abstract="双方去年贸易额达69.66亿元。",
        points=[("双方去年贸易额达69.66亿元。", "双方去年贸易额达69.66亿元。")],
        quotes=[quote(VISIT, said, "陈志远", kind="reported")],
        briefs=[
            brief(
                "zh",
                "en",
                ("宁波市长会见意大利总领事", ""),
                ("双方去年贸易额达69.66亿元。", "Trade came to 6.966 billion yuan.", at(VISIT, "双方去年贸易额")),
            )
        ],
        findings=[finding("brief.untranslated", "error", "no translation passed", "/briefs/0/headline/target")],
    )


def run() -> list[Digest]:
    """Return all three."""
    return [port(), fair(), visit()]
