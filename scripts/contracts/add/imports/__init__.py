"""Importers: an analyst's file becomes rows of the seed tables, in landing/.

reading, workbooks      the file, row by row, each with its line
values, identifiers     cells into amounts, dates, SIREN and SIRET, or a reason why not
findings, messages      what is rejected or doubtful, said in French and English
known, partners         what the warehouse has already
provenance, writing     documents and mentions of what was read; the files in landing/, all or none
session                 one import from file to report, shared by all importers
maquette, programmation the importers of contracts' tables
"""
