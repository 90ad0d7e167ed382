"""What was broken on an article's way is put right where that is certain, said where it is not, and else left alone."""

import subprocess
import sys

import pytest

from summarizer import article
from summarizer.article.repair import repaired, reread

IT = "Il porto di Savena ha chiuso bene: «È un risultato così buono», ha detto Marta Rinaldi. La città è più felice."
EN = "“We’re ready,” the harbour master said on Monday – the café on the quay is open, too, and it’s full."
ZH = "港口局表示，本季度货运量同比增长百分之八。王芳说：“我们准备好了。”北码头工程将于秋季完工。"


def codes(found: article.Article) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((text, wrong) for text in (IT, EN, ZH) for wrong in ("latin-1", "mac_roman")),
        (IT, "cp1252"),
        (IT, "gb18030"),
        (IT, "cp850"),
    ],
)
def test_a_text_read_in_a_wrong_encoding_is_the_text_and_says_so(text: str, wrong: str) -> None:
    found = article.from_text(text.encode().decode(wrong))
    assert (found.text, codes(found)) == (text, ["article.repaired"])
    assert all(found.text[s.start : s.end] == s.text for s in found.sentences)


@pytest.mark.parametrize(
    ("own", "text"), [("gb18030", ZH), ("big5", "港務局表示，本季度貨運量增長百分之八，工程將於秋季完工。")]
)
def test_chinese_bytes_read_as_western_ones_are_chinese(own: str, text: str) -> None:
    found = article.from_text(text.encode(own).decode("latin-1"))
    assert (found.text, codes(found)) == (text, ["article.repaired"])


def test_one_line_of_many_and_the_title_are_put_right() -> None:
    broken = IT.encode().decode("cp1252", "replace")
    found = article.load_text(f"---\ntitle: La cittÃ  piÃ¹ felice\n---\n{IT}\n\n{broken.replace('�', '')}", "a.md")
    assert found.title == "La città più felice"
    assert found.text == f"{IT}\n\n{IT}"


def test_a_page_is_put_right_before_it_is_read() -> None:
    html = f"<!doctype html><html><head><title>通车</title></head><body><article><p>{ZH}</p><p>{ZH}</p></article></body></html>"
    found = article.load_text(html.encode().decode("latin-1"), "a.html")
    assert (found.title, found.text, codes(found)) == ("通车", f"{ZH}\n\n{ZH}", ["article.repaired"])


def test_words_of_another_script_on_the_page_s_line_change_nothing() -> None:
    broken = f"<p>中文 Русский</p><p>{IT.encode().decode('latin-1')}</p>"
    assert reread(broken)[0] == f"<p>中文 Русский</p><p>{IT}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "浣犲ソ锛屾笯鍙ｅ?琛ㄧず锛岃揣杩愰?鍚屾瘮澧為暱鐧惧垎涔嬪叓銆?",
        "Il porto Ã¨? chiuso, la citt? Ã‡Ã? e cosÃÂÃÂ¬ via, perchÃ†Ã ha detto.",
    ],
)
def test_what_cannot_be_put_right_is_said(text: str) -> None:
    assert "article.encoding" in codes(article.from_text(text))


@pytest.mark.parametrize(
    "text",
    [
        IT,
        EN,
        ZH,
        "«CHE COS’È», ha chiesto. «Perché»… Il «caffè»“nero” è buono, È» no.",
        "L’azienda São João® ha 5 sedi: Ñandú, Århus, Łódź. «À»Roma. SOCIETÀ®",
        "WTO总干事访问BBC北京分社，EU代表和IMF总裁也在场。",
        "Mr. 毛 and Ms. 没 met 面 at 每 in the café.",
        "毛没面每矛命美蜜",
        "R&D di AT&T; il film «Tom & Jerry» & altro, a<b e c>d.",
        "记者：王芳 李强 赵明 孙丽 周杰。出席会议的有： 王芳 李强 赵明 孙丽 周杰 等人。",
        "北京 上海 广州 深圳 成都 杭州 重庆 西安",
        "使用 A B C D E F 等字母，2025 年 3 月 4 日 下午",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert repaired(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("地 球 之 友 表 示，港口工程将于秋季完工。", "地球之友表示，港口工程将于秋季完工。"),
        (
            "港 务 局 说 ： “ 我 们 准 备 好 了 。 ” 耗 资 1200 万 欧 元 。",
            "港务局说：“我们准备好了。”耗资1200万欧元。",
        ),
        (
            "地球 之 友 表示 ， 港口 工程 将 于 2026 年 秋季 完工 ， World Bank 出资 。",
            "地球之友表示，港口工程将于2026年秋季完工，World Bank出资。",
        ),
        ("港口工程\u3000将\u3000于\u3000秋\u3000季\u3000完\u3000工", "港口工程\u3000将于秋季完工"),
    ],
)
def test_chinese_with_a_space_behind_each_character_is_closed_up(text: str, whole: str) -> None:
    found = article.from_text(text)
    assert (found.text, codes(found)[:1]) == (whole, ["article.repaired"])


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("L&#39;autorit&agrave; dice: &quot;tutto bene&quot; su R&amp;D.", 'L\'autorità dice: "tutto bene" su R&D.'),
        ("&amp;quot;Tutto bene&amp;quot;, dice l&amp;#x27;autorit&amp;agrave;.", '"Tutto bene", dice l\'autorità.'),
    ],
)
def test_escaped_characters_are_characters(text: str, whole: str) -> None:
    found = article.from_text(text)
    assert (found.text, codes(found)) == (whole, ["article.repaired"])


def test_a_repaired_text_needs_no_repair() -> None:
    for broken in (IT.encode().decode("latin-1"), "&amp;quot;x&amp;quot; 地 球 之 友 表 示"):
        assert repaired(repaired(broken)[0])[1] == ()


def test_markup_is_read_anew_but_not_unescaped() -> None:
    assert reread("<p>citt&agrave; &amp;quot; a &lt; b</p>")[0] == "<p>citt&agrave; &amp;quot; a &lt; b</p>"


def test_sound_text_costs_no_import() -> None:
    code = (
        "import sys; from summarizer.article import from_text; from_text(sys.argv[1]); print('ftfy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code, IT], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_what_is_said_of_a_repair_can_be_written_whatever_the_line_holds():
    read = article.from_text("\ud800Il sindaco 地 球 之 友 表 示\u202e che il commercio cresce.", language="it")
    assert "article.repaired" in {finding.code for finding in read.findings}
    assert all(finding.message.encode() for finding in read.findings)
    assert not any("\u202e" in finding.message for finding in read.findings)


def test_a_chinese_stop_in_a_line_of_other_letters_is_left_alone():
    text = "The mayor said that trade grew. ， Prices fell ！"
    assert repaired(text) == (text, ())
