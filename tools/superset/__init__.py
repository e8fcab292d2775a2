"""Apache Superset on the published file: an optional example of a BI tool, in an environment of its own.

environment installs it and prepares its metadata, server runs it on loopback, datasets and dashboard say what it shows,
client speaks its REST API, check compares what the charts show with the marts. docs/superset.md explains the choices.
"""
