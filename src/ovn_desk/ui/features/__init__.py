"""What people do at the desk, one class a feature: each brings its commands, and connects the panes it works with."""
