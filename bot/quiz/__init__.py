"""Quiz rounds, practice and boards."""
