"""What the freelancer does: one verb per module, without a window and without a word on the screen."""
