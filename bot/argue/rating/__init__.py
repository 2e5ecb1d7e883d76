"""Rating: somebody says where they stand, and what they think of one claim after another."""
