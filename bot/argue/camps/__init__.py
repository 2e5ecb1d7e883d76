"""Camps: what is typical of each stance, and hidden groups that no stance names, if there are any."""
