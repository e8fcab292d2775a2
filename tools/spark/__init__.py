"""Builds the shipped data on Spark and compares every table with DuckDB's, row by row, to the cent.

session opens Spark on this machine, compare tells what differs, proof builds both, lake_sums runs inside Spark.
"""
