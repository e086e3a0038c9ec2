"""Reads the project's own source as syntax trees, for the tests of the house's habits."""

from __future__ import annotations

import ast
import io
import subprocess
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef
Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its path from the root, its source and its tree."""

    name: str
    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    def nodes(self, kind: type[Node]) -> Iterator[Node]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kind))

    def at(self, node: ast.expr | ast.stmt) -> str:
        return f"{self.path}:{node.lineno}"

    def comments(self) -> Iterator[tuple[int, str]]:
        for token in tokenize.generate_tokens(io.StringIO(self.source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@lru_cache(maxsize=8)
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module under the folders, whatever exists today."""
    found = []
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            found.append(Module(name, path, file.read_text("utf-8")))
    return tuple(found)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute chain or a name, else the last attribute's name with a leading dot, else nothing."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts)) if len(parts) > 1 or parts[0] else ""


def docstrings(tree: ast.Module) -> set[ast.AST]:
    """The nodes that are docstrings, or strings that stand alone under an attribute."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def tracked() -> list[str]:
    """What git keeps, or (without a checkout, as in an unpacked archive) every file that is not made."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode == 0:
        return [name for name in listing.stdout.decode("utf-8").split("\0") if name and (ROOT / name).exists()]
    files = (file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*") if file.is_file())
    return [name for name in files if not name.startswith((".", "build/", "dist/")) and "__pycache__" not in name]
