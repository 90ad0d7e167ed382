"""Tables of cells as Excel and others export them: each row an article, and a bad row alone in failing."""

import csv
import io
import os
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.batch import rows
from summarizer.batch.rows import Columns, Row
from summarizer.errors import ArticleError

TEXT = "The mayor opened the new bridge on Monday.\nTen thousand people came to see it, he said."
MOST = 2_000_000


def read(path, data, columns=None):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(rows.rows(path, columns or Columns(), MOST))


def problems(found):
    return {row.name.rpartition(":")[2]: str(row.problem) for row in found if row.problem is not None}


def loaded(row):
    return rows.article(row, Columns(), MOST, None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_table_in_any_form(tmp_path, delimiter, encoding, ends):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ends)
    first = f"“{TEXT}” È così, ha detto; perché, poi|no\tsì."
    writer.writerows(
        [["id", "title", "text", "date"], ["a", "Bridge, opened", first, "2024-03-04"], [], ["b", "", TEXT, ""]]
    )
    one, other = read(tmp_path / "t.csv", out.getvalue().encode(encoding))
    assert one.values == {"id": "a", "title": "Bridge, opened", "text": first, "date": "2024-03-04"}
    assert (one.name, other.name) == (f"{tmp_path}/t.csv:2", f"{tmp_path}/t.csv:5")
    article = loaded(one)
    assert (article.title, article.published) == ("Bridge, opened", "2024-03-04")
    assert rows.count(tmp_path / "t.csv", MOST) == 2


def test_chinese_of_excel_without_a_mark(tmp_path):
    data = "编号;text\n" + "1;都灵商会4日在上海设立办事处，商会主席说，这是重要的一步。\n" * 3
    assert "都灵商会" in str(read(tmp_path / "t.csv", data.encode("gb18030"))[0].values["text"])


def test_columns_by_other_names_and_what_excel_puts_before_them(tmp_path):
    columns = Columns(text="corpo", title="titolo")
    (row,) = read(
        tmp_path / "t.csv", "sep=;\r\n titolo ;corpo;\r\nPonte;Il sindaco ha aperto il ponte.;;;\r\n", columns
    )
    assert row.values == {"titolo": "Ponte", "corpo": "Il sindaco ha aperto il ponte."}
    (row,) = read(tmp_path / "t.tsv", "titolo\tbody\nPonte\tIl sindaco\n", columns)
    assert "there is no column 'corpo'; the first row names: titolo, body" in str(row.problem)
    (row,) = read(tmp_path / "t.csv", "text,text\na,b\n")
    assert "two columns are called 'text'" in str(row.problem)
    (row,) = read(tmp_path / "t.csv", "")
    assert "this table is empty" in str(row.problem)


def test_bad_rows_fail_alone_by_their_line(tmp_path):
    data = (
        b'id,text\n1,"a good row\nof two lines"\n2,one,cell,too,many\n3\n4,"a "quote" inside"\n5,good again\n'
        b"6,caff\xe8 that is not UTF-8\n7,nul\x00byte\n"
        + "8,è UTF-8 così\n".encode() * 3
        + b'9,"never closed\n10,good\n'
    )
    found = read(tmp_path / "t.csv", data)
    told = problems(found)
    assert sorted(told, key=int) == ["4", "5", "6", "8", "13"]
    assert "5 cells, and the first row names 2 columns" in told["4"]
    assert "1 cells" in told["5"]
    assert "not doubled" in told["6"]
    assert "save the file as UTF-8" in told["8"]
    assert "is not closed" in told["13"]
    good = [row.values["id"] for row in found if row.problem is None]
    assert good == ["1", "5", "7", "8", "8", "8", "10"]


def test_long_cells_are_read_and_far_too_long_ones_passed_over(tmp_path):
    long, far = "word " * 100_000, "x" * 20_000
    path = tmp_path / "t.csv"
    path.write_text(f'id,text\n1,"{long}"\n2,{far}\n3,"{far}\n{far}"\n4,fine\n')
    found = list(rows.rows(path, Columns(), MOST))
    assert [row.problem for row in found] == [None] * 4
    assert found[0].values["text"] == long
    from summarizer.batch import cells

    small = list(cells.read(path, "text", 10_000))
    assert [(each.line, each.problem is None) for each in small][-1] == (6, True)
    assert not any("xx" in str(each.values) for each in small)


def test_a_pipe_is_read_once(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"text\nThe mayor opened the bridge.\n"), daemon=True)
    writer.start()
    (row,) = rows.rows(path, Columns(), MOST)
    writer.join(5)
    assert row.values == {"text": "The mayor opened the bridge."}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=20), st.text(min_size=1, max_size=60)), max_size=8))
def test_what_was_written_is_read(tmp_path, given_rows):
    clean = [(a.encode("utf-8", "replace").decode(), b.encode("utf-8", "replace").decode()) for a, b in given_rows]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *clean])
    found = read(tmp_path / "t.csv", out.getvalue().encode("utf-8-sig"))
    wanted = [(a, b) for a, b in clean if a.strip() or b.strip()]
    assert [(row.values.get("title", ""), row.values.get("text", "")) for row in found] == wanted


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_problems(tmp_path, noise):
    for row in read(tmp_path / "t.csv", b"id,text\n" + noise):
        assert isinstance(row, Row)
        if row.problem is not None:
            assert isinstance(row.problem, ArticleError)
