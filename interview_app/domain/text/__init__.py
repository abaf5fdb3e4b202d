"""Pure functions over text: folding, slugs, file names, passages to read aloud."""
