"""Errors of many kinds planted in copies of the seeds, and which check catches each.

kinds* what is planted, neighbours the rows beside it, proof the builds, gaps what nothing catches and why, report the score in the pages.
"""
