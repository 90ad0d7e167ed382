"""A step of batches is killed at one point after the other; what is paid for is in the digests, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.batch.store import Store
from summarizer.later.ledger import Ledger
from tests.support.batches import serving_batches
from tests.support.killed import KILLED
from tests.support.model import extractive

ROOT = Path(__file__).resolve().parents[2]
TEXT = "The port of Trieste handled 62 million passengers in 2023. Rail traffic grew by 7.6% last year."
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def test_a_step_killed_at_one_point_after_the_other_loses_nothing_and_pays_nothing_twice(tmp_path):
    texts = [f"{TEXT} Ship number {n} called there." for n in range(1)]
    kills = 0
    with serving_batches(extractive) as server:
        command = [sys.executable, "-m", "tests.support.killed", str(tmp_path / "s.sqlite"), server.base_url, "3"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            given = texts
            for _ in range(12):
                for point in range(1, 200):
                    process.stdin.write(json.dumps({"kill": point, "texts": given}) + "\n")
                    process.stdin.flush()
                    status = int(process.stdout.readline())
                    assert status in (0, KILLED)
                    kills += status == KILLED
                    if not status:
                        break
                given = []
                with Ledger(tmp_path / "s.sqlite") as ledger:
                    tally = ledger.tally()
                if not tally.sent and not tally.unsent:
                    break
            process.stdin.close()
    with Store(tmp_path / "s.sqlite", reading=True) as store:
        digests = [digest for _, digest in store.digests()]
    assert (tally.articles, tally.done, tally.failed, len(digests)) == (1, 1, (), 1)
    assert sum(server.paid.values()) == sum(digest.provenance.requests for digest in digests)
    assert len(server.begun) <= 6
    assert kills > 12
