"""What is kept: the database, its tables, and small functions that read and write them."""
