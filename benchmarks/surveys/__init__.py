"""What the benchmarks of a survey share: databases, servers, and residents who answer."""
