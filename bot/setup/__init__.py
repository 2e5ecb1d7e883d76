"""Setup: what a server chooses about the bot."""
