"""The window; the only place that knows a Qt widget."""
