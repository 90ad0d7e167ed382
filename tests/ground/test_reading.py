"""An article read once: who its people are, where its figures stand, which line is which."""

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from tests.support.claims import reading
from tests.support.endpoint import serving
from tests.support.model import changed, lines

TEXT = "The city will build a new road to the port of Trieste, a council spokeswoman said."


def test_people_have_names():
    read = reading(TEXT, "en")
    assert [s.speaker.name for s in read.speeches] == ["council spokeswoman"]
    assert read.people == ()
    named = reading('Shanghai Mayor Gong Zheng said: "We will invest 21 million euros."', "en")
    assert named.people == ("Gong Zheng",)


def test_figures_stand_in_their_sentences():
    read = reading("The port opened. It handled 62 million passengers. Nobody came.", "en")
    assert [(span.of(read.article.text), len(own)) for span, own in read.homes.items()] == [
        ("It handled 62 million passengers.", 1)
    ]


def test_the_same_text_is_one_line():
    read = reading(TEXT, "en")
    assert read.line(TEXT) is read.line(TEXT)
    assert read.sentences[0] is read.line(TEXT)


def test_what_is_sought_in_a_text_is_sought_once():
    calls = []

    def words(text):
        calls.append(text.text)
        return len(text.text.split())

    line = reading(TEXT, "en").line(TEXT)
    assert (line.once(words), line.once(words)) == (len(TEXT.split()), len(TEXT.split()))
    assert calls == [TEXT]


def test_an_office_without_a_name_may_be_translated():
    line = "La città costruirà una nuova strada per il porto di Trieste, ha detto una portavoce del consiglio."

    def translated(value):
        for each in lines(value, "it"):
            each.put(line)

    with (
        serving(changed(translated, "TranslationDraft")) as endpoint,
        Summarizer(Settings(base_url=endpoint.base_url, model="m", max_quotes=0)) as summarizer,
    ):
        digest = summarizer.summarize_sync(from_text(TEXT, language="en"), ["it"])
    assert {segment.target for segment in digest.briefs[0].segments} == {line}
    assert not {"name.missing", "brief.untranslated"} & {finding.code for finding in digest.findings}
