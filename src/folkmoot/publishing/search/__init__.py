"""Search over pages, the text of documents, and updates: Wagtail's index, asked for every kind at
once."""
