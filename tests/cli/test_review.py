"""The command that opens a review: what it prints, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from summarizer import cli
from summarizer.digest import Digest
from summarizer.errors import ArticleError
from summarizer.render import json as as_json
from tests.digest.test_audit import published


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
@pytest.mark.parametrize("correcting", [True, False])
def test_a_review_shows_its_page_takes_a_correction_and_ends_with_ctrl_c(correcting, tmp_path):
    path = tmp_path / "en.json"
    path.write_text(as_json(published("en")), encoding="utf-8")
    command = [sys.executable, "-m", "summarizer", "review", str(tmp_path), "--no-open", "--reviewer", "Ada"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            address = running.stdout.readline().strip()
            with urllib.request.urlopen(address, timeout=30) as answer:
                shown, page = answer.url, answer.read().decode()
            assert '"./save"' in page
            if correcting:
                assert saved(shown)["ok"]
        finally:
            running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 0
    assert ("corrected: " in told) == correcting
    assert ("en.orig.json" in told) == correcting
    written = Digest.model_validate_json(path.read_bytes())
    assert (written.review.reviewer if written.review else None) == ("Ada" if correcting else None)


def saved(shown):
    digest = published("en")
    change = {"kind": "edit", "where": "/summary/headline", "before": digest.summary.headline}
    body = {"digest": digest.article.id, "changes": [{**change, "after": digest.briefs[0].segments[2].source[:-1]}]}
    origin = shown[: shown.index("/", 7)]
    headers = {"Content-Type": "application/json", "Origin": origin}
    asked = urllib.request.Request(f"{shown}save", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.loads(answer.read())


def test_a_file_that_is_no_digest_is_said_at_once(tmp_path):
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ArticleError, match="no digest"):
        cli.app(["review", str(tmp_path / "a.json"), "--no-open"], standalone_mode=False)
