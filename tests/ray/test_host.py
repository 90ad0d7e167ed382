import pickle

import pytest

pytest.importorskip("pyarrow")

from summarizer.config import Settings
from summarizer.errors import ConfigurationError
from summarizer.llm import Endpoint, Limits, connect
from summarizer.llm.connect import Backend
from summarizer.ray.host import Host


def test_the_model_of_a_node_is_started_once_and_told_to_other_processes(monkeypatch):
    started = []

    def start(settings, _progress):
        started.append(settings)
        answers = Endpoint("http://127.0.0.1:9/v1", "small", None, concurrency=1, embedded=True)
        return Backend(answers, Limits(timeout_s=900.0), 7_200.0, server=object())

    monkeypatch.setattr(connect, "backend", start)
    host = Host(Settings())
    told = Backend(*pickle.loads(pickle.dumps(host.parts())))
    host.parts()
    assert len(started) == 1
    assert (told.endpoint.model, told.limits.timeout_s, told.article_timeout_s) == ("small", 900.0, 7_200.0)
    assert told.server is None


def test_a_node_that_cannot_start_it_says_why_and_may_try_again(monkeypatch):
    def refuse(*_):
        raise ConfigurationError("the embedded model needs the extra [local]")

    monkeypatch.setattr(connect, "backend", refuse)
    with pytest.raises(ConfigurationError, match="extra"):
        Host(Settings()).parts()
