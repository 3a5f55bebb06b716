"""Between this desk and others: articles handed over as a file, taken in from one, and the newsroom's hub."""
