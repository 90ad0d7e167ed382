import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_prompts_schemas_languages_and_the_typing_mark_are_inside(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"summarizer/_data/prompts/{p.name}" for p in (ROOT / "prompts").iterdir()} <= names
    assert {f"summarizer/_data/schemas/{p.name}" for p in (ROOT / "schemas").iterdir()} <= names
    files = ("language", "figures", "speech", "checks")
    assert {f"summarizer/languages/{code}/{file}.toml" for code in ("en", "it", "zh") for file in files} <= names
    assert "summarizer/py.typed" in names
    assert "summarizer/evals/page/page.html.jinja" in names
    page = ROOT / "summarizer/render/page"
    assert {f"summarizer/render/page/{p.name}" for p in page.iterdir() if p.is_file()} <= names
    assert not [n for n in names if n.startswith(("tests/", "seeds/", "evals/"))]


def test_installed_elsewhere_it_finds_them(wheel, tmp_path):
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    probe = (
        "import summarizer; from summarizer import languages, resources;from summarizer.ask import prompts; from summarizer.digest import assemble;"
        "languages.get('it').speech, languages.get('zh').figures;"
        "print(summarizer.__file__);"
        "print(prompts.load('summary').signature, len(resources.read('schemas', assemble.SCHEMA_FILE)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", probe],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    ).stdout.splitlines()
    assert out[0].startswith(str(site))
    assert re.fullmatch(r"v\d+#[0-9a-f]{8} \d+", out[1])
