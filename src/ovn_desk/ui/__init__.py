"""The window: widgets that show values and call use cases."""
