"""Everything a developer starts: one door, and what stands behind it; the standard library alone until .venv exists."""
