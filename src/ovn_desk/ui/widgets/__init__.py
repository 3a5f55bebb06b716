"""Small widgets and words that any pane may use; they know nothing of articles or stores."""
