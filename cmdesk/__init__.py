"""cmdesk: every client's calendar, drafts and inbox on one desk; the version lives here and nowhere else."""

__version__ = "0.1.0"
