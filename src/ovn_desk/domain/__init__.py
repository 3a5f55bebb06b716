"""What the newsroom means: frozen values and rules, nothing but Python."""
