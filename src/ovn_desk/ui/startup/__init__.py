"""Before the window is there: the place at the store, the first start, joining a newsroom."""
