"""The room of choices: language, look, notices, copies of the data."""
