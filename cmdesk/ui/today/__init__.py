"""The room "today": what needs a decision, who waits for an answer, what goes out."""
