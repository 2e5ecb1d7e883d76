"""Motions put to a channel: private votes, both sides, a thread to talk in."""
