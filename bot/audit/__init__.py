"""The audit log: who did what to this server's questions and settings."""
