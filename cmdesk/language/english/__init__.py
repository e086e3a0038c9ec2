"""What is read in English texts beyond the rules that are data."""
