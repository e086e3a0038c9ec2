"""The posts room: drafts and posts of a client, and the composer they are written in."""
