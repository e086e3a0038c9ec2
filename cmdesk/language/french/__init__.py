"""Finds in French what Grammalecte misses, and says which of its findings are to be believed."""
