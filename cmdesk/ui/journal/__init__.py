"""The journal of a client: every attempt with its times, what came of it and what proves it; checked and handed out."""
