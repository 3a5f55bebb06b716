"""What every export format is made with: page models, pages, feeds, WordPress blocks, pictures, and what files are."""
