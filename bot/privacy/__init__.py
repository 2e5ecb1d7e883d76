"""Privacy: what is stored about somebody, and being left out of boards."""
