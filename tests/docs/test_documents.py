"""The documents hang together: links lead somewhere, containers name what is there, each has its place in the site."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # its types would be a package of their own

from declarations.exports import exports_of
from extractors.reading.languages import CHINESE, ENGLISH
from extractors.reading.options import ReadingOptions
from flows.settings import Settings
from schemas.retention import DEFAULT, shipped
from tests.declarations.exported import cleared, profile

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CONTAINERS = DOCS / "containers"
DOCUMENTS = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_to_a_file_where_nobody_builds_the_site_too(name: str) -> None:
    document = DOCS / name
    targets = re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_stands_where_its_reader_looks_for_it(name: str) -> None:
    assert re.search(rf": {re.escape(name)}$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_site_loads_nothing_from_elsewhere() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert site["theme"]["font"] is False
    assert "extra_javascript" not in site
    assert [one for one in site["extra_css"] if "//" in one or not (DOCS / one).exists()] == []


def _instructions() -> list[str]:
    text = (CONTAINERS / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def test_the_container_takes_what_is_there_and_the_languages_that_reading_needs() -> None:
    known = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "ENTRYPOINT", "CMD"}
    assert {line.split()[0] for line in _instructions()} <= known
    copied = [source for line in _instructions() if line.startswith("COPY ") for source in line.split()[1:-1]]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    installed = " ".join(_instructions())
    lacking = [one for one in _languages() if f"tesseract-ocr-{one.replace('_', '-')} " not in installed]
    assert lacking == [], "the Dockerfile does not install these"


def _languages() -> list[str]:
    """What `make demo` installs where it is missing."""
    [languages] = re.findall(r'^languages="(.+)"$', (ROOT / ".ci/system-packages").read_text("utf-8"), re.MULTILINE)
    return str(languages).split()


def test_every_language_that_papers_are_read_in_is_installed_and_told_apart() -> None:
    read, installed = set(ReadingOptions().languages), set(_languages())
    assert read <= installed, ".ci/system-packages does not install what extractors/reading/options.py reads"
    assert f"`{' '.join(_languages())}`" in (ROOT / "README.md").read_text("utf-8"), "README.md names other languages"
    words = tomllib.loads((ROOT / "extractors/reading/languages.toml").read_text("utf-8"))
    assert set(words) == read - {ENGLISH, CHINESE}, "extractors/reading/languages.toml has words of other languages"


def test_the_page_of_formats_has_a_row_for_each_and_the_page_of_retention_for_each_country() -> None:
    formats = {one.format for one in exports_of(cleared(), [profile()])} - {"json"}
    rows = " ".join(re.findall(r"^\| (`\w+`.*?) \|", (DOCS / "formats.md").read_text("utf-8"), re.MULTILINE))
    assert len(formats) > 4
    assert {one for one in formats if f"`{one}`" not in rows} == set(), "docs/formats.md has no row for these"
    countries = " ".join(
        re.findall(r"^\| ([A-Z]{2}\b.*?) \|", (DOCS / "retention.md").read_text("utf-8"), re.MULTILINE)
    )
    assert {one for one in shipped() if one not in countries} == {DEFAULT}, "docs/retention.md has no row for these"


def test_the_containers_set_what_can_be_set_and_start_what_there_is() -> None:
    services = yaml.safe_load((CONTAINERS / "compose.yaml").read_text(encoding="utf-8"))["services"]
    known = {f"TIDEWAITER_{name.upper()}" for name in Settings.model_fields}
    text = (CONTAINERS / "compose.yaml").read_text("utf-8") + (CONTAINERS / "Dockerfile").read_text("utf-8")
    assert set(re.findall(r"TIDEWAITER_[A-Z0-9_]+", text)) <= known
    commands = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    started = [service["command"] for service in services.values() if service.get("command")]
    assert len(started) == 3
    for command, *options in started:
        section = commands.partition(f"\n## tidewaiter {command}\n")[2].partition("\n## ")[0]
        assert section
        assert [one for one in options if one.startswith("--") and f"`{one}" not in section] == []


def test_the_changelog_has_a_dated_section_for_the_version_of_the_package_and_only_known_headings() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    [unreleased, newest, *_] = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert unreleased == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d", newest)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds
