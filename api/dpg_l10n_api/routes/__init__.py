"""Routes by what they are about. Those that touch the store are plain functions, run in threads."""
