"""The list of articles: its model, how a row is drawn, and the pane."""
