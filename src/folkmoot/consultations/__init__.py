"""The consultation page: state, timeline, updates, documents, and what people can do."""
