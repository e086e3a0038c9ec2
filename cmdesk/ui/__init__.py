"""The only room with Qt and words.

Qt for Python replaces Python's import statement by one that reads the source of every module imported after it, only to
learn whether ``from __feature__ import …`` may be meant for it. Nothing here uses that; it costs a fifth of the imports'
time and keeps a quarter of a million lines in memory. So the statement that it replaced is put back.
"""

import builtins

from cmdesk.ui.quickstart import kept_byte_code

with kept_byte_code():
    import PySide6.QtCore  # noqa: F401 - brings the replacement, which therefore must come before it is taken away

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
