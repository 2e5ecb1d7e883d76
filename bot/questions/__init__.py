"""Questions: writing, reviewing, importing, and what they are worth."""
