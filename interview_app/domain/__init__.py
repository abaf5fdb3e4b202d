"""Values and rules of the application; standard library only."""
