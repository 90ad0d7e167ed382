"""One article in Italian, English and Chinese, with the same labels in each; written for the tests of the evals."""

from typing import Any

import pytest

from summarizer.evals.cases import Case, KeyFact, Mark, Party, QuoteLabel, Reference, Trap

EN = (
    'Exports reached 69.66 billion yuan in 2023. "Trade grew fast. We will open more ports next year," said '
    "Mayor Gong Zheng. Anna Rossi, an economist, said that growth will slow. Marco Rossi attended."
)
IT = (
    "Le esportazioni hanno raggiunto 69,66 miliardi di yuan nel 2023. «Il commercio è cresciuto in fretta. Apriremo "
    "altri porti», ha detto il sindaco Gong Zheng. Anna Rossi ha detto che la crescita rallenterà. C'era Marco Rossi."
)
ZH = "2023年出口额达696.6亿元。“贸易增长很快。我们明年将开放更多港口，”市长龚正说。经济学家安娜·罗西说，增长将放缓。马可·罗西出席。"
TEXTS = {"en": EN, "it": IT, "zh": ZH}
LONG = {
    "en": "Trade grew fast. We will open more ports next year,",
    "it": "Il commercio è cresciuto in fretta. Apriremo altri porti",
    "zh": "贸易增长很快。我们明年将开放更多港口，",
}
PARTS = {
    "en": ("Trade grew fast.", "We will open more ports next year"),
    "it": ("Il commercio è cresciuto in fretta.", "Apriremo altri porti"),
    "zh": ("贸易增长很快。", "我们明年将开放更多港口"),
}
SLOW = {"en": "growth will slow", "it": "la crescita rallenterà", "zh": "增长将放缓"}
GONG = {"en": "Gong Zheng", "it": "Gong Zheng", "zh": "龚正"}
ANNA = {"en": "Anna Rossi", "it": "Anna Rossi", "zh": "安娜·罗西"}
MARCO = {"en": "Marco Rossi", "it": "Marco Rossi", "zh": "马可·罗西"}
MAYOR = {"en": "Mayor", "it": "sindaco", "zh": "市长"}
AMOUNT = {"en": "69.66 billion yuan", "it": "69,66 miliardi di yuan", "zh": "696.6亿元"}
WRONG = {"en": "696.6 billion yuan", "it": "696,6 miliardi di yuan", "zh": "6966亿元"}
SAYS = {"en": "Exports reached {}.", "it": "Le esportazioni hanno raggiunto {}.", "zh": "出口额达{}。"}
EXPORTS = {"en": (("export",), ("reached", "hit")), "it": (("esport",), ("raggiun",)), "zh": (("出口",), ("达",))}
ALL = pytest.mark.parametrize("code", ["en", "it", "zh"])


def mark(text: str, words: str, label: type[Any] = Mark, **more: Any) -> Any:
    start = text.index(words)
    return label(start=start, end=start + len(words), text=words, **more)


def case_in(code: str, **over: Any) -> Case:
    """The article in one language, with the same labels in each."""
    text = TEXTS[code]
    targets = tuple(each for each in TEXTS if each != code)
    briefs = {}
    for each in targets:
        line = {"source": SAYS[code].format(AMOUNT[code]), "target": SAYS[each].format(AMOUNT[each])}
        briefs[each] = Reference.model_validate({"headline": line, "lines": [line]})
    fields: dict[str, Any] = {
        "gold_version": "1",
        "id": code,
        "part": "development",
        "origin": "written for this test",
        "labellers": 1,
        "language": code,
        "targets": targets,
        "text": text,
        "key_facts": (
            KeyFact(fact="exports", evidence=(mark(text, AMOUNT[code]),), values=(AMOUNT[code],), wordings=EXPORTS),
        ),
        "quotes": (
            mark(text, LONG[code], QuoteLabel, kind="direct", speaker=Party(name=GONG[code], role=MAYOR[code])),
            mark(text, SLOW[code], QuoteLabel, kind="reported", speaker=Party(name=ANNA[code])),
        ),
        "not_speakers": (mark(text, MARCO[code]),),
        "figures": (mark(text, AMOUNT[code]),),
        "garbled": (),
        "traps": (Trap(wrong="ten times as much", why="unit", values=(WRONG[code],), wordings=EXPORTS),),
        "briefs": briefs,
    }
    case = Case(**{**fields, **over})
    assert not list(case.faults())
    return case
