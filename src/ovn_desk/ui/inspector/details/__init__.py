"""What an article is besides its text, field by field."""
