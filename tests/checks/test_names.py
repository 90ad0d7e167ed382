"""Names that a statement may not have, and names that change their script; other examples lie by language."""

import pytest

from summarizer.checks import StatementChecker, names
from tests.support.claims import reading

_MAYOR = 'The mayor of Trieste, Anna Rossi, said: "Rail traffic grew last year, and it will grow again." It rained.'
_AMBASSADOR = "意大利驻华大使埃莱娜·吉里贝蒂表示，双方合作前景广阔。会议随后结束。"


@pytest.mark.parametrize(
    ("article", "code", "target", "pairs", "noted"),
    [
        (_MAYOR, "en", "zh", [("It rained.", "下雨了。"), ("Anna Rossi spoke.", "安娜·罗西发言。")], [1]),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "安娜·罗西发言。")] * 2, [0]),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "安娜·罗西发言。"), ("A", "安娜·罗西（Anna Rossi）发言。")], []),
        (_MAYOR, "en", "zh", [("Anna Rossi spoke.", "")], []),
        (_MAYOR, "en", "it", [("Anna Rossi spoke.", "Ha parlato.")], []),
        (_AMBASSADOR, "zh", "it", [("埃莱娜·吉里贝蒂表示。", "Ha parlato Elena Ghiribetti.")], [0]),
        (_AMBASSADOR, "zh", "it", [("埃莱娜·吉里贝蒂表示。", "Ha parlato Elena Ghiribetti (埃莱娜·吉里贝蒂).")], []),
    ],
)
def test_a_name_in_another_script_is_noted_once_where_no_line_has_its_original(article, code, target, pairs, noted):
    found = list(names.transliterated(pairs, reading(article, code), target))
    assert [i for i, _ in found] == noted
    assert all(finding.severity == "info" for _, finding in found)


ARTICLE = "Ferraro arrived in Trieste the day after the fair."


@pytest.mark.parametrize(
    ("statement", "strange"),
    [
        ("Ferraro arrived in Trieste on a Monday of June.", False),  # days and months are the figures' matter
        ("Ferraro arrived in the port of Gorizia.", True),
    ],
)
def test_a_day_is_no_name(statement: str, strange: bool) -> None:
    found = StatementChecker(reading(ARTICLE, "en")).ground(statement, (), "/summary/abstract", 1000).findings
    assert ("name.unsupported" in {finding.code for finding in found}) is strange
