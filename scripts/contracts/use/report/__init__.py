"""The report: one HTML file that anyone can open and forward, read from a warehouse file."""

from contracts.use.report.charts import write_charts
from contracts.use.report.data import UnreadableFileError, read
from contracts.use.report.page import write_report

__all__ = ["UnreadableFileError", "read", "write_charts", "write_report"]
