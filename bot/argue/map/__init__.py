"""The map of a motion's claims: in words, as a tree, and as a comparison of stances."""
