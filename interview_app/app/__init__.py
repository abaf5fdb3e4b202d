"""Build the application's objects and open its window."""
