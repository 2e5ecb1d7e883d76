"""Help: what this person may use here, on one short card, and the list of all of it."""
