"""What is cut out of an article as a quote: never a frame, never a comma or lone mark at its edges."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import from_text
from summarizer.article.span import Span
from summarizer.ground import quotation
from summarizer.ground.reading import Reading

TEXTS = {
    "en": (
        "Shanghai Mayor Gong Zheng met Italian Ambassador Massimo Ambrosetti. “We welcome companies,” Gong said, "
        "“and we will open two ports by 2028.” Ambrosetti, who had come by train, said trade would grow by 5.5%: "
        'it was "a gift to the whole region". The first ships, he added, would dock in May.\n\n'
        "“We came. We saw the port.\n\n“We bought it at -3 degrees,” the mayor said. Nobody answered."
    ),
    "it": (
        "«Il porto crescerà», ha detto Anna Rossi, «e apriremo nel 2028». Secondo il consorzio, il cantiere aprirà "
        "a maggio. I lavori, ha aggiunto Rossi, costeranno 410 milioni. Luca Ferri ha detto niente ai cronisti."
    ),
    "zh": (
        "市长龚正会见了意大利驻华大使安博思。“欢迎意大利企业，”龚正说，“我们将继续提供优质服务。”"
        "据主办方介绍，本届展会吸引了300家企业。安博思表示，双边贸易将继续增长。一季度出口增长，徐康说，全年有望保持。"
    ),
}
READINGS = {code: Reading.of(from_text(text, language=code)) for code, text in TEXTS.items()}


@given(st.data())
def test_a_part_is_inside_its_place_and_holds_no_frame(data: st.DataObject) -> None:
    reading = READINGS[data.draw(st.sampled_from(sorted(TEXTS)))]
    text = reading.article.text
    start = data.draw(st.integers(0, len(text) - 1))
    place = Span(start, data.draw(st.integers(start + 1, len(text))))
    frames = [Span(*s.cue) for s in reading.speeches if s.cue]
    for part in quotation.cut(reading, place):
        assert place.start <= part.start < part.end <= place.end
        assert part.of(text)[-1] not in " ,，:：;；、\n"
        assert part.of(text)[0] not in " ,，:：;；、\n”»"
        words = [frame for frame in frames if frame.overlaps(part)]
        assert not any(
            c.isalnum() for frame in words for c in text[max(frame.start, part.start) : min(frame.end, part.end)]
        )
        kept = quotation.bounded(reading, part)
        assert part.start <= kept.start < kept.end <= part.end


def test_the_kind_is_told_by_the_marks() -> None:
    reading = READINGS["en"]
    kinds = {
        "We welcome companies": "direct",
        "trade would grow by 5.5%": "reported",
        'trade would grow by 5.5%: it was "a gift to the whole region"': "mixed",
    }
    for words, kind in kinds.items():
        found = quotation.find(reading, words, ())
        assert found is not None
        assert quotation.kind(reading, found) == kind


def test_a_minus_is_no_dash() -> None:
    reading = Reading.of(from_text("Anna Rossi said it was cold. Rossi said: -3 degrees were measured in the port."))
    found = quotation.find(reading, "-3 degrees were measured", ())
    assert found is not None
    assert [part.of(reading.article.text) for part in quotation.cut(reading, found)] == ["-3 degrees were measured"]
