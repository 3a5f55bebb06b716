"""Pure functions over text: rendering, normalising, counting."""
