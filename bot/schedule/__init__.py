"""Rounds, questions and briefs at set times."""
