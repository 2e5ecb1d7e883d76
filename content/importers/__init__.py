"""Files of other tools as questions: one format a file, each a tree whose values know where they stand."""
