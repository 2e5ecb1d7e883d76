"""Reports: what members say of a question, what a moderator rules, and scores put right."""
