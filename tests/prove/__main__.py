"""Proves the promises about publishing and the inbox: `python3 build_scripts/dev.py prove [--long] [--json] [--seed N] [ROW …]`.

Every row drives the product's own code; time, chance, networks and the keyring are simulated. The exit code is 1 when a
promise was broken or a wrong variant was not caught.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from tests.prove import r1, r2, r3, r9, r11, r15, r16, r17, r18, r19, table, twins

ROWS = {
    row.name: row for row in (r1.ROW, r2.ROW, r3.ROW, r9.ROW, r11.ROW, r15.ROW, r16.ROW, r17.ROW, r18.ROW, r19.ROW, twins.ROW)
}


def main(arguments: list[str]) -> int:
    """Runs the rows that are named, or all."""
    parser = argparse.ArgumentParser(
        prog="dev.py prove", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--long", action="store_true", help="the large figures, before a release")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins; the same seed is the same run")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    parser.add_argument("--workers", type=int, default=None, help="processes (all cores)")
    given = parser.parse_args(arguments)
    if unknown := set(given.rows) - set(ROWS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    chosen = [row for name, row in ROWS.items() if not given.rows or name in given.rows]
    found = []
    if not given.json:
        print(table.head(), flush=True)
    for line in table.run(chosen, given.seed, long=given.long, workers=given.workers):
        found.append(line)
        if not given.json:
            print(table.text(line), flush=True)
    bad = [line for line in found if not line.good]
    if given.json:
        print(json.dumps({"seed": given.seed, "long": given.long, "lines": [asdict(line) for line in found]}, indent=2))
    for line in bad:
        for example in line.examples:
            print(f"  {line.row} {line.what}: {example}", file=sys.stderr)
    if not given.json:
        print(f"prove: {len(bad)} of {len(found)} lines are NOT good" if bad else f"prove: all {len(found)} lines are good")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
