"""Lists what has grown far over the usual size: a sense of proportion for the reader, never a reason to fail."""

import ast
from collections.abc import Iterator
from pathlib import Path

from build_scripts import places

MODULE_LINES = 400
FUNCTION_LINES = 50
CLASS_METHODS = 20
#: "Far" is half as much again.
FAR = 1.5

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(tree: ast.AST) -> Iterator[_Function]:
    return (node for node in ast.walk(tree) if isinstance(node, _Function))


def of_module(file: Path, name: str) -> Iterator[str]:
    """One line for each thing in a file that is far over its usual size."""
    source = file.read_text("utf-8")
    lines = source.count("\n")
    if lines > MODULE_LINES * FAR:
        yield f"{name}: {lines} lines in a module"
    tree = ast.parse(source)
    for function in _functions(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES * FAR:
            yield f"{name}:{function.lineno}: {length} lines in {function.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(part, _Function) for part in node.body)
            if methods > CLASS_METHODS * FAR:
                yield f"{name}:{node.lineno}: {methods} methods in {node.name}"


def report() -> list[str]:
    files = [file for folder in ("cmdesk", "build_scripts") for file in sorted((places.ROOT / folder).rglob("*.py"))]
    lines = [line for file in files for line in of_module(file, file.relative_to(places.ROOT).as_posix())]
    return lines or [f"nothing is far over ({len(files)} modules)"]
