"""The map of Europe, drawn once when the front-end files are fetched; pages only read what was drawn."""
