"""Flags: members say that something should be looked at, and moderators decide."""
