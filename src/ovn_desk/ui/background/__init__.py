"""Work off the window's thread, and garbage collected on it."""
