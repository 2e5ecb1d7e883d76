"""The Discord bot: one folder a feature, over `content` and `storage`."""
