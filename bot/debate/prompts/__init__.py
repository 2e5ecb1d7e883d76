"""Prompts: a motion is put to a channel, voted on in private, shown from both sides, and talked about in a thread."""
