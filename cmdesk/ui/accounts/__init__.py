"""The room where accounts are linked, looked after and unlinked."""
