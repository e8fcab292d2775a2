"""Command line of the warehouse of territorial contracts; the functions behind it are what the tests call."""
