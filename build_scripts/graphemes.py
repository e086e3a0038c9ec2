"""Makes cmdesk/domain/_graphemes.py from Unicode's own data: python3 build_scripts/graphemes.py [FOLDER]

FOLDER holds auxiliary/GraphemeBreakProperty.txt and emoji/emoji-data.txt, as Debian's package unicode-data lays them out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "cmdesk" / "domain" / "_graphemes.py"
USUAL = Path("/usr/share/unicode")

LETTERS = {
    "CR": "R", "LF": "N", "Control": "C", "Extend": "E", "ZWJ": "Z", "SpacingMark": "S", "Prepend": "P",
    "Regional_Indicator": "I", "L": "L", "V": "V", "T": "T",
}  # fmt: skip
#: Syllables of Hangul follow from arithmetic, so they need no table.
COMPUTED = {"LV", "LVT"}
NOTICE = """\
Copyright © 1991-2022 Unicode, Inc. All rights reserved.
Distributed under the Terms of Use in https://www.unicode.org/copyright.html.

Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files and any associated
documentation (the "Data Files") or Unicode software and any associated documentation (the "Software") to deal in the Data
Files or Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, and/or sell copies of the Data Files or Software, and to permit persons to whom the Data Files or Software are
furnished to do so, provided that either
(a) this copyright and permission notice appear with all copies of the Data Files or Software, or
(b) this copyright and permission notice appear in associated Documentation.

THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT
SHALL THE COPYRIGHT HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR
CONSEQUENTIAL DAMAGES, OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF
CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES
OR SOFTWARE.

Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote
the sale, use or other dealings in these Data Files or Software without prior written authorization of the copyright holder.
"""
_LINE = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)")


def ranges(file: Path, wanted: dict[str, str]) -> dict[int, str]:
    """Every code point of a property file with the letter of its class."""
    found: dict[int, str] = {}
    for line in file.read_text("utf-8").splitlines():
        match = _LINE.match(line)
        if match is not None and match[3] in wanted:
            found.update(dict.fromkeys(range(int(match[1], 16), int(match[2] or match[1], 16) + 1), wanted[match[3]]))
    return found


def table(folder: Path) -> str:
    """The ranges as words such as ``300-36fE``, in order."""
    classes = ranges(folder / "emoji" / "emoji-data.txt", {"Extended_Pictographic": "X"})
    classes |= ranges(folder / "auxiliary" / "GraphemeBreakProperty.txt", LETTERS)
    words: list[str] = []
    points = sorted(classes)
    start = 0
    for at, point in enumerate(points):
        following = points[at + 1] if at + 1 < len(points) else -1
        if following != point + 1 or classes[following] != classes[point]:
            first = points[start]
            words.append(f"{first:x}{f'-{point:x}' if point != first else ''}{classes[point]}")
            start = at + 1
    return " ".join(words)


def module(folder: Path) -> str:
    """The text of the module."""
    title = (folder / "auxiliary" / "GraphemeBreakProperty.txt").read_text("utf-8").splitlines()[0]
    version = title.removeprefix("# GraphemeBreakProperty-").removesuffix(".txt")
    lines: list[str] = []
    for word in table(folder).split():
        if not lines or len(lines[-1]) + len(word) > 118:
            lines.append("")
        lines[-1] += f"{word} "
    commented = "\n".join(f"# {line}".rstrip() for line in NOTICE.splitlines())
    quoted = "\n".join(f'    "{line}"' for line in lines)
    return (
        '"""Holds what Unicode says of characters that may join with others; made by build_scripts/graphemes.py, not by hand.\n\n'
        "From GraphemeBreakProperty and emoji-data of the Unicode Character Database, joined and shortened.\n"
        '"""\n\n'
        f"{commented}\n"
        "from typing import Final\n\n"
        f'UNICODE: Final = "{version}"\n\n'
        "#: Ranges of code points, first and last in hexadecimal, each followed by the letter of its class.\n"
        f"RANGES: Final = (\n{quoted}\n)\n"
    )


if __name__ == "__main__":
    TARGET.write_text(module(Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL), "utf-8")
