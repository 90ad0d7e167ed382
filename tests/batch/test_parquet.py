import datetime

import pytest

from summarizer.batch.inputs import Columns, count, inputs
from summarizer.config import Settings
from summarizer.errors import ArticleError

pa = pytest.importorskip("pyarrow", reason="the extra [parquet] is not installed")
pq = pytest.importorskip("pyarrow.parquet")

TEXT = "The mayor opened the new bridge on Monday. Ten thousand people came to see it."
SETTINGS = Settings()


def written(path, columns, **named):
    pq.write_table(pa.table(columns), path, **named)
    return str(path)


def given(path, **named):
    return list(inputs([str(path)], SETTINGS, **named))


def test_rows_are_articles(tmp_path):
    noon = datetime.datetime(2024, 5, 6, 12, tzinfo=datetime.UTC)
    columns = {"id": [7, 8], "text": [TEXT, TEXT + " It rained."], "date": [noon, None], "unread": [[1.0], [2.0]]}
    path = written(tmp_path / "a.parquet", columns)
    first, second = given(path)
    assert (first.name, first.stem, second.name) == (f"{path}:1", "7", f"{path}:2")
    assert first.load().published == "2024-05-06T12:00:00+00:00"
    assert second.load().text.endswith("It rained.")
    assert count([path], SETTINGS) == 2


@pytest.mark.parametrize(
    ("column", "published"),
    [
        (pa.array([datetime.date(2024, 5, 6)]), "2024-05-06"),
        (pa.array([1_714_996_800_123_456_789], pa.timestamp("ns")), "2024-05-06T12:00:00+00:00"),
        (pa.array(["6 May 2024"]).dictionary_encode(), "2024-05-06"),
        (pa.array([b"2024-05-06"]), None),
        (pa.array([3]), None),
    ],
)
def test_dates_of_any_kind(tmp_path, column, published):
    (only,) = given(written(tmp_path / "a.parquet", {"text": pa.array([TEXT]), "date": column}))
    assert only.load().published == published


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string(), pa.binary()])
def test_texts_of_any_kind(tmp_path, kind):
    (only,) = given(written(tmp_path / "a.parquet", {"text": pa.array([TEXT.encode()], pa.binary()).cast(kind)}))
    assert only.load().text == TEXT


def test_bytes_that_are_no_text_do_not_stop_the_rows_behind_them(tmp_path):
    column = pa.array([b"\xff\xfe " + TEXT.encode(), TEXT.encode()]).view(pa.string())
    odd, good = given(written(tmp_path / "a.parquet", {"text": column}))
    assert "article.encoding" in {f.code for f in odd.load().findings}
    assert good.load().text == TEXT


def test_a_column_of_another_name(tmp_path):
    path = written(tmp_path / "a.parquet", {"body": [TEXT]})
    (bad,) = given(path)
    with pytest.raises(ArticleError, match=r"no column 'text'; it has: body — name"):
        bad.load()
    assert given(path, columns=Columns.parse("text=body"))[0].load().text == TEXT


def test_many_row_groups_are_read_one_after_the_other(tmp_path):
    path = written(tmp_path / "a.parquet", {"text": [f"{TEXT} {i}" for i in range(500)]}, row_group_size=50)
    found = inputs([path], SETTINGS)
    assert next(found).name.endswith(":1")
    assert sum(1 for _ in found) == 499


def test_a_file_that_is_no_parquet_and_one_that_breaks_off_say_so(tmp_path):
    (tmp_path / "a.parquet").write_text("not at all")
    (bad,) = given(tmp_path / "a.parquet")
    with pytest.raises(ArticleError, match="cannot be read as Parquet"):
        bad.load()
    path = tmp_path / "b.parquet"
    texts = [f"{i} {TEXT}" for i in range(300)]
    written(path, {"text": texts}, row_group_size=100, compression="zstd", use_dictionary=False)
    second = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    start, size = second.data_page_offset, second.total_compressed_size
    content[start : start + size] = b"\xa5" * size
    path.write_bytes(content)
    found = given(path)
    assert [each.name.rpartition(":")[2] for each in found] == [*map(str, [*range(1, 102), *range(201, 301)])]
    with pytest.raises(ArticleError, match=r"b\.parquet:101: the rows up to 200 cannot be read"):
        found[100].load()
    assert found[101].load().text == texts[200]
