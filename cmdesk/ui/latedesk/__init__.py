"""The late-post desk: everything that waits for a person, in one calm list, for one client or for all."""
