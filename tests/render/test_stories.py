"""The same story in several articles of a press review stands together, with what they print otherwise."""

import email.policy
from io import BytesIO

import pytest

from summarizer.render.mail import mail
from summarizer.render.stories import tellings
from summarizer.render.text import review
from tests.digest.test_same import OTHER_COST, STORY, TOPIC, digest


@pytest.fixture(scope="module")
def run():
    """A story, another one, and the first one again with another cost, in the order of the inputs."""
    story = " ".join(STORY["en"])
    return [
        digest(story, "en", "Corriere"),
        digest(TOPIC["en"], "en", "Gazette"),
        digest(story.replace(*OTHER_COST["en"]), "en", "Repubblica"),
    ]


def test_articles_of_one_story_follow_each_other_and_say_how_they_differ(run):
    first, second, other = tellings(run)
    assert [each.digest.article.outlet for each in (first, second, other)] == ["Corriere", "Repubblica", "Gazette"]
    assert first.beside[0] == "The same story in Repubblica."
    assert [line for line in first.beside if "12 million" in line and "21 million" in line]
    assert (second.beside, other.beside) == (("The same story in Corriere.",), ())


def test_documents_and_mail_say_it(run):
    docx = pytest.importorskip("docx", reason="the extra [documents] is not installed")
    from summarizer.render.docx import document

    word = [p.text for p in docx.Document(BytesIO(document(run))).paragraphs]
    body = email.message_from_bytes(mail(run), policy=email.policy.default)
    shown = [body.get_body([kind]).get_content() for kind in ("plain", "html")]
    for told in (word, review(run).splitlines(), *(text.replace("<p", "\n<p").splitlines() for text in shown)):
        assert sum("The same story in" in line for line in told) == 2
        assert sum("They differ: " in line and "21 million" in line for line in told) == 1


def test_one_digest_has_no_story_beside_it(run):
    assert [each.beside for each in tellings(run[:1])] == [()]
