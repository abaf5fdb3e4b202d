"""What the application does, spoken to ports; no Qt, no SQL, no speech library."""
