"""What comes into the warehouse: checks, imports, new contracts, the census and the seal of figures, partners and territories."""
