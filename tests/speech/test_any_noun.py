"""Any noun phrase is a subject: a quotation has a speaker, whoever that is."""

import tomllib
from pathlib import Path

import pytest

from summarizer import speech

KNOWN = tomllib.loads(Path(__file__).with_name("nouns.toml").read_text("utf-8"))
SENTENCES = [
    pytest.param(
        code, noun, frame.format(noun if frame[0] != "{" else noun[0].upper() + noun[1:]), id=f"{noun}: {frame}"
    )
    for code, language in KNOWN.items()
    for noun in language["nouns"]
    for frame in language["frames"]
]


@pytest.mark.parametrize(("code", "noun", "sentence"), SENTENCES)
def test_whoever_speaks_is_the_speaker(code, noun, sentence):
    said = speech.find(sentence, code)
    assert said
    assert all(one.speaker is not None and one.speaker.name.casefold() in noun.casefold() for one in said)
