"""What pages of every room print."""
