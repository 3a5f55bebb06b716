"""What the panes share: the session, the open article and its text, its checks, preferences, and what is said."""
