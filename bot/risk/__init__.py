"""The sober brief: risks the source names, what it sets against them, its table, and where all of this comes from."""
