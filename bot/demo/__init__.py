"""The local Discord: the real bot, tried without a token, a server or a network."""
