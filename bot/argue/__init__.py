"""The map of arguments: what is dealt for rating, what the stances share, what is typical of each, hidden camps."""
