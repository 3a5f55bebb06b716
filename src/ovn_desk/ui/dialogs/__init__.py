"""Forms that stand before the window for a moment, one a module."""
