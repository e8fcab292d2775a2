"""What goes out: one release at a time, its files, the lake."""
