"""The language desk: finds mistakes of French and English offline, in a process of its own."""
