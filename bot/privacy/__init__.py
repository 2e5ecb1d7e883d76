"""Privacy: what is stored about somebody is handed out or deleted, and who wants it is left out of boards."""
