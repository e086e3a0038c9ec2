"""The room where everybody gets an answer: states, list, conversation and reply, of one client or of all."""
