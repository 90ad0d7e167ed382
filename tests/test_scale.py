import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench import scale

PAGE = Path(__file__).resolve().parent.parent / "docs/scale.md"
ARTICLES = 2_000


@pytest.fixture(scope="module")
def load():
    return scale.loaded(PAGE)


def ended(load, **cluster):
    return scale.Run(load, replace(scale.Cluster(), **cluster), ARTICLES, seed=14).go()


def rows():
    return set(re.findall(r"^\|.+\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_page_shows_what_was_measured_and_what_follows_from_it(load):
    assert set(scale.table(load)) <= rows()
    assert set(scale.bill(load, 1_000_000)) <= rows()


def test_the_page_shows_what_the_simulation_says(load):
    assert {scale.in_batches(name, load, 1_000_000) for name in scale.QUEUES} <= rows()
    named = [row for row in rows() for name in scale.SCENES if row.startswith(f"| {name} |")]
    assert len(named) == len(scale.SCENES)
    first = next(iter(scale.SCENES))
    assert scale.in_real_time(first, load, 1_000_000, scale.SAMPLE) in rows()


def test_a_limit_is_kept_and_twice_the_limit_is_twice_as_fast(load):
    slow = ended(load, nodes=1, tpm=2e6, rpm=1e9)
    fast = ended(load, nodes=1, tpm=4e6, rpm=1e9)
    assert slow.done == fast.done == ARTICLES
    assert slow.requests == slow.needed
    assert slow.needed * 60 / (slow.hours * 3600) <= 2e6 / (load.total("reserved_tokens") / load.requests) * 1.02
    assert slow.hours / fast.hours == pytest.approx(2, rel=0.05)


def test_more_nodes_help_only_where_the_nodes_are_the_limit(load):
    assert ended(load, nodes=4, tpm=2e6).hours == pytest.approx(ended(load, nodes=1, tpm=2e6).hours, rel=0.02)
    free = {"tpm": 1e12, "rpm": 1e9, "at_once": 16}
    assert ended(load, nodes=1, **free).hours > 3 * ended(load, nodes=4, **free).hours


def test_the_rules_work_takes_their_cores_time(load):
    told = ended(load, nodes=1, cores=1, at_once=500, tpm=1e12, rpm=1e9)
    assert told.hours * 3600 >= ARTICLES * load.cpu_s


def test_what_is_refused_fails_or_dies_is_asked_again_and_nothing_is_lost(load):
    told = ended(load, refused=0.05, faulty=0.05)
    assert told.done == ARTICLES
    assert told.requests / told.needed == pytest.approx(1 / 0.9, rel=0.02)
    dying = ended(load, nodes=2, life_h=0.05)
    assert (dying.done, dying.deaths > 0) == (ARTICLES, True)
    assert dying.requests > dying.needed


def test_a_queue_with_more_room_is_faster_until_the_rounds_are_the_limit(load):
    ends = [
        scale.Posting(load, scale.Queue(tokens=room), 100_000, seed=14).go() for room in (4e6, 40e6, 400e6, 4e9, 4e10)
    ]
    hours = [end.hours for end in ends]
    assert hours[0] > 3 * hours[1] > 3 * hours[2]
    assert hours[3] == pytest.approx(hours[4], rel=0.25)
    for end in ends:
        assert end.needed == pytest.approx(100_000 * load.requests, rel=0.001)
        assert end.lines > end.needed


def test_no_file_is_larger_than_the_provider_takes(load):
    queue = scale.Queue(tokens=1e12, failed=0.0, median_h=1.0)
    end = scale.Posting(load, queue, 1_000_000, seed=14).go()
    assert end.batches >= max(end.lines / queue.lines, end.gigabytes * 1e9 / queue.bytes)


def test_the_batch_api_costs_half(load):
    (row,) = (row for row in scale.bill(load, 1_000_000) if "Batch API" in row)
    assert f"{scale.usd(load, 1_000_000) / 2:,.0f}" in row
