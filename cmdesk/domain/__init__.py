"""Words and rules of the trade: pure values and functions that every other room shares."""
