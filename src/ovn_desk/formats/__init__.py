"""One module a file format: it reads, writes or both, and touches no disk and no database."""
