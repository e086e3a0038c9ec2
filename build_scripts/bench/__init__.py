"""Measures what a person feels: the start, a change of client, long lists, typing, memory, and the screen during a full fetch."""
