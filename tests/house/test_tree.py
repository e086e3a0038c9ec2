"""The repository's own order: what lies at the top, and what must never be written into a file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.helpers.source import ROOT, tracked

TOP = {
    ".ci", ".gitattributes", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "build_scripts", "cmdesk", "docs",
    "pyproject.toml", "resources", "tests",
}  # fmt: skip
#: Folders of one machine, and addresses of registries or mirrors: both make a build depend on where it was made.
PLACES = re.compile(
    r"(?<![\w.])/(?:work|root|opt/(?:pypi|wheels))/"
    r"|/home/(?!user\b)[a-z]+/|/Users/(?!you\b)[a-z]+/|[A-Z]:\\\\?Users\\\\?(?!you\b)\w"
    r"|pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs|(?:extra-)?index-url|find-links\s*[=:]"
)
BINARY = {
    ".png",
    ".jpg",
    ".qm",
    ".ttf",
    ".otf",
    ".woff2",
    ".ico",
    ".icns",
    ".gif",
    ".webp",
    ".mp4",
    ".db",
    ".gz",
    ".zip",
    ".svg",
    ".ftz",
    ".npz",
}


def test_the_top_level_is_what_the_newcomer_is_told() -> None:
    assert {PurePosixPath(name).parts[0] for name in tracked()} <= TOP


def test_no_file_names_a_place_of_one_machine_or_a_registry() -> None:
    own = {"tests/house/test_tree.py"}
    texts = {name for name in tracked() if PurePosixPath(name).suffix not in BINARY} - own
    found = [
        f"{name}: {match.group()}"
        for name in sorted(texts)
        for match in PLACES.finditer((ROOT / name).read_text("utf-8").replace("--no-emit-", ""))
        if match.group() not in {"index-url", "find-links"} or name.endswith((".txt", ".toml", ".in", ".cfg"))
    ]
    assert not found


def test_the_locked_requirements_are_pinned_and_hashed() -> None:
    for file in sorted((ROOT / "build_scripts" / "requirements").glob("*.txt")):
        entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", file.read_text("utf-8")).strip())
        assert len(entries) > 10
        for entry in entries:
            assert re.match(r"[a-z0-9][a-z0-9.-]*(\[[a-z,]+\])?==\S+", entry), entry
            assert "--hash=sha256:" in entry


def test_what_runs_is_locked_alike_in_both_files() -> None:
    pins = {
        name: dict(re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", (ROOT / "build_scripts/requirements" / name).read_text("utf-8")))
        for name in ("run.txt", "dev.txt")
    }
    assert pins["run.txt"].items() <= pins["dev.txt"].items()
