"""Quotes from two sources: candidates of the rules, passages of the model, and whose they are."""

import itertools

import pytest

from summarizer import speech
from summarizer.article import from_text
from summarizer.ask import chunks, quotes
from summarizer.ground.reading import Reading

SENTENCE = "the new terminal will bring work and trade to the whole region in the years to come. "
LONG = (
    "The mayor, Anna Rossi, said " + SENTENCE + "".join(f"It is step number {i} of a long plan. " for i in range(40))
)


def parts(text):
    article = from_text(text)
    said = speech.Speech(text.index("the new"), len(article.text), "reported", None)
    return article, said, list(quotes._parts(article, said))


def test_a_short_run_stays_whole():
    _article, said, found = parts("The mayor said " + SENTENCE.strip())
    assert found == [said]


def test_a_long_run_is_offered_in_parts_that_leave_nothing_out():
    article, said, found = parts(LONG)
    assert len(found) > 1
    assert all(p.end - p.start <= 700 for p in found)
    assert (found[0].start, found[-1].end) == (said.start, said.end)
    between = [article.text[a.end : b.start] for a, b in itertools.pairwise(found)]
    assert all(gap.strip() == "" for gap in between)


def test_a_long_run_is_parted_where_paragraphs_end():
    half = "It is a step of a long plan. " * 15
    article, _said, found = parts(f"The mayor said {SENTENCE}{half}\n\n{half}")
    assert any(article.text[p.end :].startswith("\n\n") for p in found)


PORT = (
    "TRIESTE - The Adriatic Port Consortium will build a second terminal in Trieste by 2028. "
    "Elena Marchetti, chief executive of Adriatic Terminals, presented the plan on Tuesday.\n\n"
    "“We are not building for today's traffic,” Marchetti said, “we are building for the ships of 2035.”\n\n"
    "The first ships, Marchetti said, would dock in the second half of 2027 if the permits come in time. "
    "Marchetti said the work would cost 410 million euros. It would employ 900 people for three years. "
    "Most of them would come from the region. The rest would be hired abroad.\n\n"
    "Transport Minister Luca Ferri welcomed the plan and said nothing to reporters. "
    "“The ministry will decide on the permit by the end of June,” she added.\n\n"
    "“Nobody has talked to the nine hundred families of this port,” thundered the dockers in the square."
)


def question(text=PORT, most=4, language="en", *, trusted=True):
    article = from_text(text, language=language)
    section = chunks.split(article, 32_768)[0]
    return quotes.QuoteQuestion.about(section, Reading.of(article), most, trusted=trusted)


def told(asked):
    """Return the task in words."""
    return asked.template.text(asked.values)


def chosen(asked, *answer):
    """Ground an answer: each entry a candidate's first words or None, with whatever else it has."""
    made = []
    for begins, fields in answer:
        texts = [asked.reading.article.text[c.start : c.end] for c in asked.candidates]
        number = next(i for i, text in enumerate(texts, 1) if text.startswith(begins)) if begins else 0
        made.append(asked.draft(quotes=[{"candidate": number, **fields}]).quotes[0])
    return asked.grounded(made)


def own(words, sentence=0, speaker=""):
    return None, {"sentence": sentence, "words": words, "speaker": speaker}


def codes(grounded):
    return [f.code for f in grounded.findings]


def texts(grounded):
    return [quote.text for quote in grounded.quotes]


def test_a_candidate_costs_no_more_than_its_number_and_its_speaker():
    grounded = chosen(question(), ("we are", {"speaker": "Elena Marchetti"}))
    assert texts(grounded) == ["we are building for the ships of 2035."]
    assert codes(grounded) == []


def test_quotes_stand_in_the_order_of_the_article_with_their_rank():
    grounded = chosen(question(), ("The ministry", {}), ("We are not", {}))
    assert [(q.text[:6], q.rank) for q in grounded.quotes] == [("We are", 2), ("The mi", 1)]


def test_a_comma_before_the_frame_is_not_in_the_quote():
    assert texts(chosen(question(), ("We are not", {}))) == ["We are not building for today's traffic"]


def test_a_candidate_is_narrowed_by_words():
    grounded = chosen(question(), ("the work", {"words": "the work would cost 410 million euros"}))
    assert texts(grounded) == ["the work would cost 410 million euros"]


def test_words_may_be_given_by_the_first_and_last_ones():
    grounded = chosen(question(), own("the work would … for three years."))
    assert texts(grounded) == ["the work would cost 410 million euros. It would employ 900 people for three years."]


def test_reported_speech_ends_after_two_sentences():
    grounded = chosen(question(), ("the work", {}))
    assert texts(grounded) == ["the work would cost 410 million euros. It would employ 900 people for three years."]


def test_what_was_said_in_one_breath_stays_whole():
    text = "“We came. We saw the port. We bought it. Nobody had told us,” said Anna Rossi, the mayor of Trieste."
    assert texts(chosen(question(text), ("We came", {}))) == [
        "We came. We saw the port. We bought it. Nobody had told us"
    ]


def test_the_halves_of_a_divided_quotation_are_two_quotes_of_neighbouring_rank():
    words = "“We are not building for today's traffic,” Marchetti said, “we are building for the ships of 2035.”"
    grounded = chosen(question(), own(words), ("The ministry", {}))
    assert [(q.text, q.rank) for q in grounded.quotes[:2]] == [
        ("We are not building for today's traffic", 1),
        ("we are building for the ships of 2035.", 2),
    ]
    assert {q.kind for q in grounded.quotes} == {"direct"}


def test_the_halves_of_one_speech_that_only_marks_part_are_joined():
    text = "Rossi said: “We will open the port.\n\n“The port will employ 900 people.”"
    grounded = chosen(question(text), own("We will open the port. … employ 900 people."))
    assert texts(grounded) == ["We will open the port.\n\n“The port will employ 900 people."]


def test_a_frame_inside_reported_speech_leaves_the_longer_half():
    grounded = chosen(question(), ("The first ships", {}))
    assert texts(grounded) == ["would dock in the second half of 2027 if the permits come in time."]


@pytest.mark.parametrize(
    "words",
    [
        "Marchetti said the work would cost 410 million euros.",
        "the work would cost 410 million euros.",
    ],
)
def test_the_narrators_words_around_reported_speech_are_cut_off(words):
    assert texts(chosen(question(), own(words))) == ["the work would cost 410 million euros."]


@pytest.mark.parametrize(
    "words",
    [
        "we are building for the ships of 2036.",
        "we were building for the ships of 2035.",
        "the ships",
        "of the port of",
        ", Marchetti said, ",  # nothing but the frame
    ],
)
def test_words_that_the_article_does_not_have_are_never_published(words):
    grounded = chosen(question(), own(words), ("The ministry", {}))
    assert texts(grounded) == ["The ministry will decide on the permit by the end of June"]
    assert codes(grounded).count("quote.choice") == 1


def test_words_are_looked_for_in_the_sentence_that_is_named():
    text = "Rossi said the port will grow. Nobody listened to her at all. Bianchi said the port will grow."
    grounded = chosen(question(text), own("the port will grow", sentence=3))
    assert [q.start for q in grounded.quotes] == [text.rindex("the port")]


def test_a_narrowing_that_is_not_there_leaves_the_candidate_whole():
    grounded = chosen(question(), ("The ministry", {"words": "The ministry will refuse the permit"}))
    assert texts(grounded) == ["The ministry will decide on the permit by the end of June"]
    assert "quote.choice" in codes(grounded)


def test_a_passage_in_marks_that_the_rules_do_not_hear_is_direct_speech():
    asked = question(
        "The dockers were angry. Their banner, “Nobody has talked to the families of this port”, hung there."
    )
    grounded = chosen(asked, own("Nobody has talked to the families of this port"))
    assert [q.kind for q in grounded.quotes] == ["direct"]
    assert "quote.speech" not in codes(grounded)


def test_reported_speech_that_the_rules_do_not_hear_is_a_doubt():
    grounded = chosen(question(), own("The Adriatic Port Consortium will build a second terminal", sentence=1))
    assert [q.kind for q in grounded.quotes] == ["reported"]
    assert "quote.speech" in codes(grounded)


def test_a_passage_that_two_people_speak_in_is_the_first_ones():
    text = MEETING + "“We welcome companies from Italy,” Gong Zheng said. “We are glad to come,” Ambrosetti said."
    grounded = chosen(question(text), own("We welcome companies … glad to come", speaker="Gong Zheng"))
    assert [(q.text, q.speaker.name) for q in grounded.quotes] == [("We welcome companies from Italy", "Gong Zheng")]


def test_two_quotes_never_overlap():
    grounded = chosen(question(), ("the work", {}), own("It would employ 900 people for three years."))
    assert len(grounded.quotes) == 1


def test_an_answer_without_a_quote_that_exists_takes_the_first_candidates():
    grounded = chosen(question(), own("Nothing of the kind was said."))
    assert len(grounded.quotes) == 4
    assert codes(grounded).count("quote.choice") == 2


def test_what_is_left_out_of_an_entry_is_nothing():
    draft = question().draft(quotes=[{"candidate": 1, "speaker": None}])
    assert draft.quotes[0].model_dump() == {"candidate": 1, "speaker": "", "sentence": 0, "words": ""}


def test_a_model_that_is_not_trusted_only_chooses():
    asked = question(most=2, trusted=False)
    assert set(asked.draft.model_json_schema()["$defs"]["ChosenQuoteDraft"]["properties"]) == {"candidate", "speaker"}
    assert "words" not in told(asked)


def test_nothing_is_asked_where_there_is_nothing_to_choose():
    narrated = question("The port of Trieste handled 62 million tonnes in 2023. It will grow.")
    few = len(question().candidates)
    assert not narrated.needed
    assert not question(most=few, trusted=False).needed
    assert question(most=few - 1, trusted=False).needed
    assert question(most=few).needed
    assert question("The sign says “Nobody has talked to the families of this port” in red.").needed


def test_a_trusted_model_sees_where_a_candidate_begins_and_ends():
    text = (
        "Anna Rossi said that "
        + "the new terminal will bring work and trade to the whole region, " * 4
        + "and peace."
    )
    assert "1. [1] the new terminal will bring work … to the whole region, and peace." in told(question(text))
    assert "and peace." not in told(question(text, trusted=False))


def speaker(text, named, begins=None, language="en", *, trusted=True):
    """Return the speaker of the last candidate (or the one that begins so) where the model gives a name."""
    asked = question(text, language=language, trusted=trusted)
    begins = begins or text[asked.candidates[-1].start : asked.candidates[-1].end]
    grounded = chosen(asked, (begins, {"speaker": named}))
    found = grounded.quotes[-1].speaker
    return (found.name if found else None), codes(grounded)


MEETING = "Shanghai Mayor Gong Zheng met Italian Ambassador Massimo Ambrosetti on Monday. "


def test_a_name_at_the_verb_is_followed_whatever_the_model_says():
    text = MEETING + "“We welcome companies from Italy,” Gong Zheng said."
    assert speaker(text, "Massimo Ambrosetti") == ("Gong Zheng", ["quote.speaker"])


def test_a_pronoun_gives_way_to_the_name_that_a_trusted_model_gives():
    text = MEETING + "“We welcome companies from Italy,” he said."
    assert speaker(text, "Gong Zheng")[0] == "Gong Zheng"
    asked = question(text)
    by_rule = asked.candidates[0].speaker
    other = "Gong Zheng" if by_rule is None or by_rule.name != "Gong Zheng" else "Massimo Ambrosetti"
    name, found = speaker(text, other)
    assert name == other
    assert found == ["quote.named"]


def test_a_noun_gives_way_to_the_name_that_a_trusted_model_gives():
    text = (
        "Adriatic Terminals shelved its plans in May. The company confirmed that it had been contacted by the office."
    )
    assert speaker(text, "Adriatic Terminals") == ("Adriatic Terminals", ["quote.named"])
    assert speaker(text, "")[0] == "company"
    assert speaker(text, "Adriatic Terminals", trusted=False)[0] == "company"


def test_a_noun_gives_way_to_a_name_that_stands_anywhere():
    text = (
        "Adriatic Terminals shelved its plans in May. It rained. It is cold. The port is full. Ships wait. Nobody works. "
        "The company said that it had been contacted by the office."
    )
    assert speaker(text, "Adriatic Terminals") == ("Adriatic Terminals", ["quote.named"])
    assert speaker(text, "Trieste Terminals") == ("company", ["quote.speaker"])


def test_what_somebody_says_in_the_report_of_another_is_of_whom_a_trusted_model_names():
    text = (
        "Reuters reports that lawyers of Anna Rossi prepare a suit over the story, which they called "
        "“an inadmissible report of suspicions in the sphere of privacy”."
    )
    assert question(text).candidates[-1].speaker.name == "Reuters"  # else it tests nothing
    assert speaker(text, "Anna Rossi") == ("Anna Rossi", ["quote.named"])
    assert speaker(text, "Anna Rossi", trusted=False) == ("Reuters", ["quote.speaker"])


def test_whom_words_were_said_to_is_not_who_said_them():
    text = "Mayor Gong Zheng told Ambassador Massimo Ambrosetti: “We welcome companies from Italy to the fair.”"
    assert speaker(text, "Massimo Ambrosetti") == ("Gong Zheng", ["quote.speaker"])


def test_a_pronoun_does_not_give_way_to_a_name_that_is_not_near():
    text = (
        MEETING
        + "Trade grew. It will grow. It rained. It is May. Mayor Anna Rossi arrived. “We sell more,” she said."
    )
    assert speaker(text, "Massimo Ambrosetti")[0] == "Anna Rossi"


INTERVIEW = (
    "Organ builder Anna Rossi, 58, received us among the shavings in May.\n\n"
    "The work was to last two years. It took five. Rain came in twice. The roof held.\n\n"
    "What does a pipe cost? The question amuses her.\n\n“From thirty euros to eight thousand; tin has risen.”"
)


def test_a_person_whom_a_trusted_model_names_may_stand_anywhere_where_the_rules_know_nobody():
    assert question(INTERVIEW).candidates[0].speaker is None  # else it tests nothing
    assert speaker(INTERVIEW, "Anna Rossi") == ("Anna Rossi", ["quote.named"])
    assert speaker(INTERVIEW, "Anna Rossi", trusted=False) == (None, ["quote.unattributed"])
    assert speaker(INTERVIEW, "Luca Ferri") == (None, ["quote.unattributed"])


def test_a_model_that_gives_the_quote_for_its_speaker_names_nobody():
    words = "From thirty euros to eight thousand; tin has risen."
    asked = question(INTERVIEW)
    (told,) = chosen(asked, (words, {"speaker": f"“{words}”"})).findings
    assert (told.code, told.message) == ("quote.unattributed", "no certain speaker: the article does not say who")


def test_a_model_that_is_not_trusted_does_not_outweigh_a_pronoun():
    text = "Mayor Anna Rossi met Luca Ferri on Monday. “We will open the port in May,” she said. It rained."
    assert speaker(text, "Luca Ferri", trusted=False) == ("Anna Rossi", ["quote.speaker"])


@pytest.mark.parametrize(
    ("text", "named", "name"),
    [
        (MEETING + "“We welcome companies,” Gong Zheng said.", "Gong", "Gong Zheng"),
        (MEETING + "“We welcome companies,” Gong Zheng said.", "Mayor Gong Zheng", "Gong Zheng"),
        (MEETING + "“We welcome companies,” Gong Zheng said.", "the mayor", "Gong Zheng"),
    ],
)
def test_a_cut_name_never_beats_the_whole_one(text, named, name):
    assert speaker(text, named) == (name, [])


def test_a_cut_name_of_the_rules_does_not_beat_the_whole_one_either():
    text = "Work begins in May. Zheng Gong and Gong Zheng met. Gong said the port would grow."
    assert speaker(text, "Gong Zheng") == ("Gong Zheng", ["quote.speaker"])


TALKS = "巴基斯坦不同文明研究中心主任哈立德·泰穆尔·阿克拉姆指出，会晤为改善两国关系带来希望，合作符合各方利益。"


def test_a_chinese_name_cut_out_of_a_longer_word_gives_way_to_the_one_that_a_trusted_model_gives():
    named = "哈立德·泰穆尔·阿克拉姆"
    assert question(TALKS, language="zh").candidates[0].speaker.name != named  # else it tests nothing
    assert speaker(TALKS, named, language="zh") == (named, ["quote.named"])
    assert speaker(TALKS, named, language="zh", trusted=False)[0] != named


def test_a_chinese_name_at_the_verb_stays_where_the_model_names_somebody_who_is_not_near():
    text = "市长龚正会见安娜·罗西。" + "会谈很好。" * 8 + "龚正说：“我们欢迎意大利企业来上海参加展会。”"
    assert speaker(text, "安娜·罗西", language="zh") == ("龚正", ["quote.speaker"])


def test_a_chinese_name_that_the_rules_read_too_far_is_the_models():
    text = "法国设计师埃莱娜·吉里贝蒂连续三年参展。埃莱娜·吉里贝蒂连说：“我很高兴再次来到上海参加展会。”"
    name, found = speaker(text, "埃莱娜·吉里贝蒂", language="zh")
    assert (name, found) == ("埃莱娜·吉里贝蒂", ["quote.speaker"])


def test_a_name_in_latin_letters_ends_where_the_chinese_begins():
    text = "巴斯克大学的Anne Bonnet是这项研究的首席学者和共同作者，她说：“墓中的保存状况非常出色，我们很高兴。”"
    assert question(text, language="zh").candidates[0].speaker is None  # else it tests nothing
    name, found = speaker(text, "Anne Bonnet", language="zh")
    assert (name, found) == ("Anne Bonnet", ["quote.named"])


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "Work begins in May. The consortium said the terminal would open in 2028.", "the consortium"),
        ("zh", "展会开幕。据主办方介绍，本届展会吸引了来自二十个国家的300家企业参加。", "主办方"),
    ],
)
def test_whoever_stands_at_the_verb_is_the_speaker(language, text, named):
    name, found = speaker(text, named, language=language)
    assert name is not None
    assert name.lower() in named.lower()
    assert found == []


def test_a_person_named_near_a_quote_without_a_speaker_is_a_doubt():
    asked = question(
        "Talks went on. Teresa Delgado had come by train. “We sent 900 tonnes of fruit to them last year.” It rained."
    )
    grounded = chosen(asked, own("We sent 900 tonnes of fruit to them last year.", speaker="Teresa Delgado"))
    assert [q.speaker.name for q in grounded.quotes] == ["Teresa Delgado"]
    assert codes(grounded) == ["quote.named"]


def test_a_speaker_whom_the_article_does_not_name_is_none():
    asked = question("Talks went on. “We sent 900 tonnes of fruit to them last year.” It rained.")
    grounded = chosen(asked, own("We sent 900 tonnes of fruit to them last year.", speaker="Teresa Delgado"))
    assert [q.speaker for q in grounded.quotes] == [None]
    assert codes(grounded) == ["quote.unattributed"]


def test_a_long_quotation_that_nobody_says_is_listed_with_the_reason():
    title = "A Hundred Ships for the Harbour of the Coming Century"
    article = from_text(
        f"The port opened the show “{title}” on Monday. It rained all day in the old town.", language="en"
    )
    found = quotes.by_rule(Reading.of(article))
    assert found.quotes == ()
    assert [(finding.code, finding.span.of(article.text)) for finding in found.findings] == [("quote.passed", title)]


def test_a_long_quotation_beside_nobody_is_a_quote_without_a_speaker():
    said = "You cannot build a harbour with words alone, my friends!"
    article = from_text(f"The plan was laughed at in the town, “{said}” It rained.", language="en")
    found = quotes.by_rule(Reading.of(article))
    assert [(quote.text, quote.speaker) for quote in found.quotes] == [(said, None)]
    assert [finding.code for finding in found.findings] == ["quote.unattributed"]
