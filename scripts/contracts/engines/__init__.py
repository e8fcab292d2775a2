"""Builds the warehouse on other engines and compares every table with DuckDB's."""
