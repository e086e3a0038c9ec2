"""Mistakes underlined where one writes, explained beside it, mended with one key: the same for posts and for replies."""
