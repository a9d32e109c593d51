"""The index of source texts by three-character pieces: derived files, rebuilt from the store."""
