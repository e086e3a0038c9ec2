"""The same services as the window, as commands: for people at a terminal, for scripts, and for the agent."""
