"""What every part of the package uses: the project and its warehouse, the shape of seeds, texts, what commands print."""
