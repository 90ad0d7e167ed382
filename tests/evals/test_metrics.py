from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from summarizer.evals import metrics
from summarizer.evals.cases import Case, Party, QuoteLabel
from summarizer.evals.matching import same_role, same_speaker
from summarizer.evals.metrics import Gold, Tally
from summarizer.evals.outputs import Cost, Output, Record, Said, Statement
from summarizer.evals.plain import PlainBrief, PlainDigest, PlainQuote
from summarizer.evals.wording import Label
from tests.support.eval_case import (
    ALL,
    AMOUNT,
    ANNA,
    EN,
    EXPORTS,
    GONG,
    LONG,
    MARCO,
    MAYOR,
    PARTS,
    SAYS,
    SLOW,
    TEXTS,
    WRONG,
    ZH,
    case_in,
    mark,
)


def said(
    code: str, words: str, speaker: str | None = None, kind: str | None = "direct", role: str | None = None
) -> Said:
    at = TEXTS[code].find(words)
    return Said(words, *((at, at + len(words)) if at >= 0 else (None, None)), kind, speaker, role)


def written(
    *quotes: Said, lines: tuple[str, ...] = ("x",), briefs: Mapping[str, tuple[str, ...]] | None = None, **over: Any
) -> Output:
    fields: dict[str, Any] = {
        "case": "c",
        "statements": tuple(Statement(line, ()) for line in lines),
        "quotes": quotes,
        "briefs": briefs or {},
        "suspects": (),
        "cost": Cost(requests=3, input_tokens=100, output_tokens=10, seconds=1.5),
    }
    return Output(**{**fields, **over})


def counts(case: Case, output: Output) -> Mapping[str, Tally]:
    return metrics.count(Gold.of(case), output).tallies


def misses(case: Case, output: Output, metric: str) -> list[str]:
    return [miss.what for miss in metrics.count(Gold.of(case), output).misses if miss.metric == metric]


FAILED = Output("c", (), (), {}, (), Cost(requests=2), failed=True)
BLANK = Output("c", (), (), {}, (), Cost(requests=2))


# quotes


@ALL
def test_the_labelled_quotes_are_exact_overlapping_verbatim_and_attributed(code):
    output = written(
        said(code, LONG[code], GONG[code], role=MAYOR[code]), said(code, SLOW[code], ANNA[code], "reported")
    )
    found = counts(case_in(code), output)
    for name in ("exact", "overlap", "attributed", "verbatim", "kind", "speaker", "role", "not_speakers"):
        assert found[f"quotes.{name}"] == Tally(2, 2, 2), name


@ALL
def test_a_last_stop_or_comma_is_part_of_a_quote_or_not(code):
    label = mark(TEXTS[code], LONG[code].rstrip("，,"), QuoteLabel, kind="direct", speaker=None)
    found = counts(case_in(code, quotes=(label,)), written(said(code, LONG[code])))
    assert found["quotes.exact"] == Tally(1, 1, 1)


@pytest.mark.parametrize("stop", ["?", "!", "？", "！", "…", "；"])
def test_whatever_stop_ends_a_quote(stop):
    text = f"{EN} Will it last{stop} Nobody knows."
    label = mark(text, "Will it last", QuoteLabel, kind="direct", speaker=None)
    quote = Said(f"Will it last{stop}", label.start, label.end + 1, "direct", None, None)
    assert counts(case_in("en", text=text, quotes=(label,)), written(quote))["quotes.exact"] == Tally(1, 1, 1)


@ALL
def test_a_quote_that_lacks_a_sentence_neither_matches_nor_overlaps(code):
    # the second sentence alone is at most two thirds of the label, under the 80 % of OVERLAP
    found = counts(case_in(code), written(said(code, PARTS[code][1], GONG[code])))
    assert found["quotes.exact"] == found["quotes.overlap"] == Tally(0, 1, 2)


def test_overlap_is_intersection_over_union():
    # label [45, 55): found [45, 53) shares 8 of 10; found [46, 58) shares 9 of 13
    label = QuoteLabel(start=45, end=55, text=EN[45:55], kind="direct", speaker=None)
    case = case_in("en", quotes=(label,))
    near, far = Said("", 45, 53, None, None, None), Said("", 46, 58, None, None, None)
    assert counts(case, written(near))["quotes.overlap"] == Tally(1, 1, 1)
    assert counts(case, written(far))["quotes.overlap"] == Tally(0, 1, 1)


@ALL
def test_parts_of_one_long_speech_are_one_quote_found(code):
    parts = [said(code, part, GONG[code]) for part in PARTS[code]]
    # both parts meet one of the two labels and count as one found: precision 1, recall 1/2
    assert counts(case_in(code), written(*parts))["quotes.attributed"] == Tally(1, 1, 2)


@ALL
def test_the_same_quote_again_is_found_and_wrong(code):
    once = said(code, LONG[code], GONG[code])
    found = counts(case_in(code), written(*[once] * 5))
    assert found["quotes.attributed"] == Tally(1, 5, 2)
    assert found["quotes.exact"] == found["quotes.overlap"] == Tally(1, 5, 2)
    assert len(misses(case_in(code), written(*[once] * 5), "quotes.attributed")) == 4


@ALL
def test_a_good_quote_repeated_does_not_dilute_an_invented_one(code):
    good, bad = said(code, LONG[code], GONG[code]), said(code, "Profits doubled in a day", MARCO[code])
    found = counts(case_in(code), written(*[good] * 8, bad))
    assert found["quotes.verbatim"] == Tally(1, 2, 2)
    assert found["quotes.not_speakers"] == Tally(1, 2, 2)


@ALL
def test_a_word_or_two_of_a_speech_do_not_stand_for_it(code):
    crumb = LONG[code][: 2 if code == "zh" else 5]
    found = counts(case_in(code), written(said(code, crumb, GONG[code])))
    assert found["quotes.attributed"] == Tally(0, 1, 2)


@ALL
def test_an_invented_quote_is_not_verbatim_and_is_told(code):
    invented = said(code, "A record, 破纪录, un record", GONG[code])
    assert counts(case_in(code), written(invented))["quotes.verbatim"] == Tally(0, 1, 1)
    assert misses(case_in(code), written(invented), "quotes.verbatim") == [invented.text]


@ALL
def test_words_of_the_article_outside_any_speech_are_verbatim_and_no_quote(code):
    narration = said(code, TEXTS[code][:12], GONG[code])
    found = counts(case_in(code), written(narration))
    assert found["quotes.verbatim"] == Tally(1, 1, 1)
    assert found["quotes.attributed"] == Tally(0, 1, 2)


@ALL
def test_a_wrong_offset_does_not_make_words_verbatim(code):
    assert counts(case_in(code), written(Said("zzz", 0, 3, None, None, None)))["quotes.verbatim"] == Tally(0, 1, 1)


def test_kinds_are_told_apart_and_mixed_counts_as_reported():
    quotes = [said("en", LONG["en"], kind="reported"), said("en", SLOW["en"], kind="mixed")]
    assert counts(case_in("en"), written(*quotes))["quotes.kind"] == Tally(1, 2, 2)


@ALL
def test_somebody_who_said_nothing_is_no_speaker(code):
    output = written(said(code, LONG[code], MARCO[code]), said(code, SLOW[code], ANNA[code]))
    found = counts(case_in(code), output)
    assert found["quotes.not_speakers"] == Tally(1, 2, 2)
    assert found["quotes.speaker"] == Tally(1, 2, 2)


@ALL
def test_no_speaker_is_right_where_the_gold_has_none(code):
    label = mark(TEXTS[code], SLOW[code], QuoteLabel, kind="reported", speaker=None)
    case = case_in(code, quotes=(label,))
    assert counts(case, written(said(code, SLOW[code])))["quotes.attributed"] == Tally(1, 1, 1)
    assert counts(case, written(said(code, SLOW[code], GONG[code])))["quotes.attributed"] == Tally(0, 1, 1)


@ALL
def test_no_speaker_is_wrong_where_the_gold_has_one(code):
    found = counts(case_in(code), written(said(code, LONG[code])))
    assert found["quotes.attributed"] == Tally(0, 1, 2)
    assert found["quotes.speaker_coverage"] == Tally(0, 1, 1)
    assert found["quotes.speaker_given"] == Tally(0, 0, 0)


def test_an_article_without_quotes_counts_only_what_is_invented():
    case = case_in("en", quotes=())
    assert counts(case, written())["quotes.attributed"] == Tally(0, 0, 0)
    assert counts(case, written(said("en", LONG["en"])))["quotes.attributed"] == Tally(0, 1, 0)


@pytest.mark.parametrize(
    ("found", "name", "others", "right"),
    [
        ("Gong Zheng", "Gong Zheng", (), True),
        ("Mayor Gong Zheng", "Gong Zheng", (), True),
        ("GONG ZHENG", "Gong Zheng", (), True),
        ("Gong", "Gong Zheng", (), True),
        ("Mayor Gong", "Gong Zheng", (), True),
        ("Mr. Rossi", "Anna Rossi", (), True),
        ("la presidente Rossi", "Anna Rossi", (), True),
        ("il sindaco Rossi", "Marco Rossi", (), True),
        ("Rossini", "Rossi", (), False),
        ("Julia Liang", "Li", (), False),
        ("of", "Bank of Italy", (), False),
        ("he", "He Wei", (), False),
        ("Zheng Gong Li", "Gong Zheng", (), False),
        ("Rossi", "Anna Rossi", ("Anna Rossi", "Marco Rossi"), False),
        ("Anna Rossi", "Anna Rossi", ("Anna Rossi", "Marco Rossi"), True),
        ("Marco Rossi", "Anna Rossi", ("Anna Rossi", "Marco Rossi"), False),
        ("Anna Rossi and Gong Zheng", "Anna Rossi", ("Anna Rossi", "Gong Zheng"), False),
        ("Anna Rossi", "Rossi", ("Anna Rossi", "Rossi"), True),
        ("龚正", "龚正", (), True),
        ("上海市市长龚正", "龚正", (), True),
        ("龚正市长", "龚正", (), True),
        ("龚市长", "龚正", (), True),
        ("李先生", "李明", (), True),
        ("李先生", "李明", ("李明", "李华"), False),
        ("王明华", "王明", (), False),
        ("龚正和李明", "龚正", ("龚正", "李明"), False),
        ("罗西", "安娜·罗西", (), True),
        ("罗西", "安娜·罗西", ("马可·罗西",), False),
        ("安娜•罗西", "安娜·罗西", (), True),
        ("", "Anna Rossi", (), False),
        ("Zhang Wei", "Anna Rossi", (), False),
    ],
)
def test_whose_name_it_is(found, name, others, right):
    assert same_speaker(found, Party(name=name), others) is right


@pytest.mark.parametrize(
    ("found", "role", "organisation", "right"),
    [
        ("mayor", "mayor", None, True),
        ("Mayor of Shanghai", "mayor", "Shanghai", True),
        ("mayor", "mayor of Shanghai", None, True),
        ("deputy mayor", "mayor", None, False),
        ("vice mayor", "deputy mayor", None, True),
        ("mayor", "deputy mayor", None, False),
        ("former mayor", "mayor", None, False),
        ("ex sindaco", "sindaco", None, False),
        ("vicesindaco", "sindaco", None, False),
        ("sindaco di Vicenza", "sindaco", "Vicenza", True),
        ("市长", "副市长", None, False),
        ("副市长", "市长", None, False),
        ("上海市市长", "市长", "上海市", True),
        ("前市长", "市长", None, False),
        ("Shanghai", "mayor", "Shanghai", False),
        ("or", "mayor", None, False),
        (None, "mayor", None, False),
        (None, None, None, True),
        ("mayor", None, None, False),
    ],
)
def test_which_office_it_is(found, role, organisation, right):
    assert same_role(found, Party(name="X", role=role, organisation=organisation)) is right


def test_a_surname_that_two_people_share_attributes_nothing():
    found = counts(case_in("en"), written(said("en", SLOW["en"], "Rossi")))
    assert found["quotes.attributed"] == Tally(0, 1, 2)


# content


@ALL
@pytest.mark.parametrize("source", ["en", "it", "zh"])
def test_a_fact_is_said_by_its_words_and_its_value_in_each_language(code, source):
    label = Label(EXPORTS, (AMOUNT[source],), source)
    assert label.said_by(SAYS[code].format(AMOUNT[code]), code)
    assert not label.said_by(SAYS[code].format(WRONG[code]), code)
    assert not label.said_by(AMOUNT[code], code)
    assert not label.said_by(SAYS[code].format("x"), code)


OPENED = {"en": (("open", "inaugurat"),), "it": (("inaugur", "apert"),), "zh": (("开", "启用"),)}


@pytest.mark.parametrize(
    ("sentence", "code", "fact", "trap"),
    [
        ("It opened on 14 October 2023.", "en", True, True),
        ("It opened in October 2023.", "en", True, False),
        ("È stato inaugurato il 14 ottobre 2023.", "it", True, True),
        ("È stato inaugurato nell'ottobre 2023.", "it", True, False),
        ("它于2023年10月14日启用。", "zh", True, True),
        ("它于2023年10月启用。", "zh", True, False),
        ("It opened on 12 October 2023.", "en", False, False),
    ],
)
def test_a_fact_may_leave_out_the_day_and_a_trap_must_give_it(sentence, code, fact, trap):
    assert Label(OPENED, ("14 October 2023",), "en").said_by(sentence, code) is fact
    assert Label(OPENED, ("14 October 2023",), "en", whole=True).said_by(sentence, code) is trap


def test_a_fact_may_be_rounded_and_a_trap_may_not():
    sentence = "Exports reached about 70 billion yuan."
    assert Label(EXPORTS, ("69.66 billion yuan",), "en").said_by(sentence, "en")
    assert not Label(EXPORTS, ("69 billion yuan",), "en", whole=True).said_by(sentence, "en")


def test_words_of_a_fact_must_stand_in_one_sentence_and_in_the_right_language():
    label = Label(EXPORTS, (), "en")
    assert label.said_by("EXPORTS hit a record", "en-GB")
    assert not label.said_by("Exports.", "en")
    assert not label.said_by("Le esportazioni hanno raggiunto un record", "en")
    assert not label.said_by("Exports reached a record", "fr")


@ALL
def test_facts_are_counted_in_the_summary_and_in_each_brief(code):
    case = case_in(code)
    good = {each: (SAYS[each].format(AMOUNT[each]),) for each in case.targets}
    second = case.targets[1]
    wrong = {**good, second: (SAYS[second].format(WRONG[second]),)}
    summary = (SAYS[code].format(AMOUNT[code]),)
    assert counts(case, written(lines=summary, briefs=good))["facts.recall"] == Tally(1, 1, 1)
    assert counts(case, written(lines=summary, briefs=good))["briefs.completeness"] == Tally(2, 2, 2)
    found = counts(case, written(lines=("x",), briefs=wrong))
    assert (found["facts.recall"], found["briefs.completeness"]) == (Tally(0, 1, 1), Tally(1, 2, 2))
    assert misses(case, written(briefs=wrong), "briefs.completeness") == [f"{second}: exports"]
    assert counts(case, written(lines=summary))["briefs.completeness"] == Tally(0, 2, 2)


@ALL
def test_a_trap_is_fallen_into_in_the_summary_or_in_any_brief(code):
    case = case_in(code)
    right, wrong = SAYS[code].format(AMOUNT[code]), SAYS[code].format(WRONG[code])
    other = case.targets[0]
    astray = {other: (SAYS[other].format(WRONG[other]),)}
    assert counts(case, written(lines=(right,)))["traps.avoided"] == Tally(1, 1, 1)
    assert counts(case, written(lines=(wrong,)))["traps.avoided"] == Tally(0, 1, 1)
    assert counts(case, written(lines=(right,), briefs=astray))["traps.avoided"] == Tally(0, 1, 1)


def test_evidence_is_right_where_the_gold_has_the_fact():
    line = SAYS["en"].format(AMOUNT["en"])
    statements = (Statement(line, ((0, 43),)), Statement(line, ((100, 120),)), Statement("x", ((100, 120),)))
    found = counts(case_in("en"), written(statements=statements))
    # the third says no key fact: what it cites is not judged
    assert found["evidence.precision"] == Tally(1, 2, 2)


def grams(text: str, n: int) -> Counter[str]:
    return Counter(text[i : i + n] for i in range(len(text) - n + 1))


def chrf(text: str, reference: str) -> float:
    """Popović 2015, formula 1, without white space: mean precision and recall over n = 1–6, then F with beta 2."""
    ours, theirs = "".join(text.split()), "".join(reference.split())
    pairs = [(grams(ours, n), grams(theirs, n)) for n in range(1, 7)]
    pairs = [(a, b) for a, b in pairs if a and b]
    precision = sum((a & b).total() / a.total() for a, b in pairs) / len(pairs)
    recall = sum((a & b).total() / b.total() for a, b in pairs) / len(pairs)
    return 5 * precision * recall / (4 * precision + recall) if precision + recall else 0.0


def test_chrf_of_three_letters_by_hand():
    # abc against abd: 2 of 3 letters, 1 of 2 pairs (ab), 0 of 1 triple: (2/3 + 1/2 + 0) / 3 = 7/18, F the same
    assert chrf("abc", "abd") == pytest.approx(7 / 18)


@ALL
def test_chrf_is_that_of_the_paper_and_summed_over_the_briefs(code):
    case = case_in(code)
    first, second = case.targets
    line = SAYS[first].format(WRONG[first])
    found = counts(case, written(briefs={first: (line,)}))["briefs.chrf"]
    assert found.right == pytest.approx(chrf(line, case.briefs[first].target), abs=1e-4)
    assert (found.found, found.wanted) == (2, 2)
    whole = {each: (case.briefs[each].target,) for each in (first, second)}
    assert counts(case, written(briefs=whole))["briefs.chrf"].right == pytest.approx(2)


def test_who_cites_everything_has_cited_nothing():
    line = SAYS["en"].format(AMOUNT["en"])
    everywhere = Statement(line, tuple((at, at + 20) for at in range(0, 160, 20)))
    two = Statement(line, ((0, 43), (100, 120)))
    assert counts(case_in("en"), written(statements=(everywhere,)))["evidence.precision"] == Tally(0, 1, 1)
    assert counts(case_in("en"), written(statements=(two,)))["evidence.precision"] == Tally(1, 1, 1)


# figures


@ALL
def test_a_figure_is_supported_in_every_language(code):
    case = case_in(code)
    briefs = {each: (SAYS[each].format(AMOUNT[each]),) for each in case.targets}
    found = counts(case, written(lines=(SAYS[code].format(AMOUNT[code]),), briefs=briefs))
    for name in ("supported", "uncontradicted"):
        assert found[f"figures.{name}"] == Tally(3, 3, 3)
    assert found["figures.recall"] == Tally(1, 1, 1)


@ALL
def test_a_figure_ten_times_as_large_is_not_supported_in_any_language(code):
    case = case_in(code)
    briefs = {each: (SAYS[each].format(WRONG[each]),) for each in case.targets}
    output = written(lines=("x",), briefs=briefs)
    assert counts(case, output)["figures.supported"] == Tally(0, 2, 2)
    assert counts(case, output)["figures.recall"] == Tally(0, 1, 1)
    assert len(misses(case, output, "figures.supported")) == 2


PEOPLE = {"en": "It employs 230 people.", "it": "Dà lavoro a 230 persone.", "zh": "它雇用了230人。"}


@ALL
def test_a_figure_out_of_nowhere_is_not_supported_and_not_contradicted(code):
    # the line has one figure, of people, and the article has none of people
    found = counts(case_in(code), written(lines=(PEOPLE[code],)))
    assert found["figures.supported"] == Tally(0, 1, 1)
    assert found["figures.uncontradicted"] == Tally(1, 1, 1)


@ALL
def test_a_wrong_amount_of_the_same_thing_is_contradicted(code):
    found = counts(case_in(code), written(lines=(SAYS[code].format(WRONG[code]),)))
    assert found["figures.uncontradicted"] == found["figures.supported"] == Tally(0, 1, 1)


def test_a_summary_without_figures_has_none_to_judge():
    assert counts(case_in("en"), written(lines=("Exports grew.",)))["figures.supported"] == Tally(0, 0, 0)


def test_a_figure_that_cannot_be_read_still_counts_as_wanted():
    text = EN + " It came in umpteen crates."
    case = case_in("en", text=text, figures=(mark(text, "umpteen"),))
    assert counts(case, written(lines=("Trade grew.",)))["figures.recall"] == Tally(0, 1, 1)
    assert counts(case, written(lines=("Umpteen crates came.",)))["figures.recall"] == Tally(1, 1, 1)


def test_garbled_figures_are_found_by_place():
    text = EN + " The fair sold 515,15 tickets and 28nd pens."
    case = case_in("en", text=text, garbled=(mark(text, "515,15"), mark(text, "28nd")))
    at = text.index("515,15")
    found = counts(case, written(suspects=((at, at + 6), (16, 21))))
    assert found["garbled.recall"] == Tally(1, 2, 2)
    assert found["garbled.precision"] == Tally(1, 2, 2)
    assert misses(case, written(suspects=((at, at + 6),)), "garbled.recall") == ["28nd"]


# form


PROSE = {
    "en": "The mayor said that the city will open more ports to foreign ships next year.",
    "it": "Il sindaco ha detto che la città aprirà altri porti alle navi straniere l'anno prossimo.",
    "zh": "市长表示，该市明年将向外国船只开放更多港口。",
}


@ALL
def test_lines_are_counted_in_the_language_that_they_should_have(code):
    case = case_in(code)
    first, second = case.targets
    briefs = {first: (PROSE[first], PROSE[first]), second: (PROSE[second], PROSE[code])}
    found = counts(case, written(lines=(PROSE[code], PROSE[first]), briefs=briefs))
    assert found["language.summary"] == Tally(1, 2, 2)
    # one strange line spoils the second brief
    assert found["language.briefs"] == Tally(1, 2, 2)


def test_a_brief_that_is_not_there_is_not_in_its_language():
    output = written(lines=(PROSE["en"],), briefs={"it": (PROSE["it"],)})
    assert counts(case_in("en"), output)["language.briefs"] == Tally(1, 2, 2)
    assert misses(case_in("en"), output, "language.briefs") == ["there is no brief in Chinese"]


def test_costs_are_those_of_the_record_and_length_is_in_characters():
    found = counts(case_in("zh"), written(lines=("一二三", "四五")))
    assert found["cost.requests"] == Tally(3, 1, 1)
    assert found["cost.input_tokens"] == Tally(100, 1, 1)
    assert found["cost.output_tokens"] == Tally(10, 1, 1)
    assert found["cost.seconds"] == Tally(1.5, 1, 1)
    assert found["summary.compression"].right == pytest.approx(5 / len(ZH))
    assert "cost.usd" not in found
    assert counts(case_in("zh"), written(cost=Cost(usd=0.25)))["cost.usd"] == Tally(0.25, 1, 1)


# failed and blank outputs


@ALL
def test_a_failed_article_is_a_full_miss(code):
    case = case_in(code)
    found = counts(case, FAILED)
    assert found["schema.valid"] == Tally(0, 1, 1)
    assert found["quotes.exact"] == found["quotes.overlap"] == found["quotes.attributed"] == Tally(0, 1, 2)
    assert found["facts.recall"] == found["figures.recall"] == found["traps.avoided"] == Tally(0, 1, 1)
    assert found["briefs.completeness"] == found["briefs.chrf"] == found["language.briefs"] == Tally(0, 2, 2)
    for name in ("verbatim", "speaker", "speaker_given", "speaker_coverage", "role", "not_speakers"):
        assert found[f"quotes.{name}"] == Tally(0, 1, 1), name
    for name in ("figures.supported", "figures.uncontradicted", "language.summary", "quotes.kind"):
        assert found[name] == Tally(0, 1, 1)
    assert found["evidence.precision"] == found["garbled.precision"] == Tally(0, 1, 1)
    assert found["cost.requests"] == Tally(2, 1, 1)
    assert "summary.compression" not in found


@ALL
def test_a_blank_answer_gains_nothing_over_a_failure(code):
    case = case_in(code)
    failed, blank = counts(case, FAILED), counts(case, BLANK)
    different = {name for name in blank if blank[name] != failed.get(name)}
    assert different == {"schema.valid", "summary.compression"}


def test_a_plain_call_is_not_asked_for_what_it_never_tells():
    failed = Output.of(Record(case="c", system="plain", cost=Cost()), EN, "en")
    found = counts(case_in("en"), failed)
    for name in ("quotes.kind", "evidence.precision", "garbled.precision"):
        assert found[name] == Tally(0, 0, 0)
    assert found["quotes.speaker"] == Tally(0, 1, 1)


# plain answers


@pytest.mark.parametrize(
    ("named", "code"),
    [
        *[(each, "it") for each in ("it", "IT", "it-IT", "Italian", "italiano", "Italian (it)", "意大利语", "ita")],
        *[
            (each, "zh")
            for each in ("zh", "zh-CN", "zh_Hans", "Chinese", "Simplified Chinese", "Chinese (zh)", "中文")
        ],
        *[(each, "zh") for each in ("简体中文", "cinese", "Mandarin")],
    ],
)
def test_a_brief_counts_whatever_the_model_calls_its_language(named, code):
    brief = PlainBrief(language=named, headline="h", lines=["one", " "])
    plain = PlainDigest(
        headline="H", abstract="Trade grew. It rained.", key_points=["P", ""], quotes=[], briefs=[brief]
    )
    output = Output.of(Record(case="c", system="plain", cost=Cost(), plain=plain), EN, "en")
    assert output.briefs == {code: ("h", "one")}
    assert [s.text for s in output.statements] == ["H", "Trade grew.", "It rained.", "P"]


def test_of_two_briefs_in_one_language_the_first_counts():
    briefs = [PlainBrief(language=n, headline=h, lines=[]) for n, h in (("it", "uno"), ("Italian", "due"))]
    plain = PlainDigest(headline="H", abstract="", key_points=[], quotes=[], briefs=briefs)
    output = Output.of(Record(case="c", system="plain", cost=Cost(), plain=plain), EN, "en")
    assert output.briefs == {"it": ("uno",)}


@pytest.mark.parametrize("speaker", ["", " ", "Unknown", "N/A", "none", "Sconosciuto", "未知"])
def test_a_plain_quote_is_located_and_a_word_for_nobody_is_no_name(speaker):
    quotes = [PlainQuote(text="“Trade grew fast.”", speaker=speaker), PlainQuote(text="Trade fell.", speaker="X")]
    plain = PlainDigest(headline="", abstract="", key_points=[], quotes=quotes, briefs=[])
    first, second = Output.of(Record(case="c", system="plain", cost=Cost(), plain=plain), EN, "en").quotes
    at = EN.index("Trade grew fast.")
    assert (first.start, first.end, first.speaker) == (at, at + 16, None)
    assert (second.start, second.end, second.speaker) == (None, None, "X")
