"""The outside world, one file per network, behind the small roles of ``port``."""
