"""The bars above and below the columns."""
