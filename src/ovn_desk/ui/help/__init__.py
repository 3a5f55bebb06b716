"""Help: the sheet of keys, the first story, pages to read, and what the program is made of."""
