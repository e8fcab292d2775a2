"""What maintainers run beside the product: measures, proofs and what is made anew now and then. python -m tools.<name>."""
