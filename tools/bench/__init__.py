"""Benchmark: made-up contract data of any size, and what a build, an increment and a query cost on it."""

from tools.bench.generator import Generated, generate, increment

__all__ = ["Generated", "generate", "increment"]
