"""The map of arguments: claims are written, changed and rated, and the map tells where each of them stands."""
