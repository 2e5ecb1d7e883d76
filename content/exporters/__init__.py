"""Questions as files of other tools: one format a file, each with a list of what the format can't hold."""
