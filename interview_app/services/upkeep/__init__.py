"""Back up, restore, and tidy the space that sound takes."""
