"""The Settings page, one section a module."""
