"""Seasons: stretches of time with a board of their own, and a podium at their end."""
