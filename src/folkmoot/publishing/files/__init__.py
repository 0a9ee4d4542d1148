"""Files that a body uploads: what they are by content, whether they can be read, who gets them."""
