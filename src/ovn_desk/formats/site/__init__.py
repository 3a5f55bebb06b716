"""A whole site of pages: its articles, the lists that lead to them, how the newsroom corrects, and its feeds."""

KEYS = ".well-known/ovn-keys.json"
