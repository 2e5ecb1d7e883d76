"""What is asked and shown: packs of questions, motions and risk cards, and the code that reads and checks them."""
