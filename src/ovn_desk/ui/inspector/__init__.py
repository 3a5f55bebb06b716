"""The column on the right, a room for each of its tabs and what stands in them."""
