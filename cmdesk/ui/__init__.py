"""The only room with Qt and words."""
