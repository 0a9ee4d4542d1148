"""Answers for benchmarks: real ones, and as many more as are wanted, made of their sentences."""
