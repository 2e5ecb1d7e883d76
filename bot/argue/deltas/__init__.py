"""Deltas: what changed somebody's view is said, listed, taken back and told to moderators once a week."""
