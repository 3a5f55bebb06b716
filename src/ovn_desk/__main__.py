"""`python -m ovn_desk`, the same as `ovn-desk`."""

from ovn_desk.cli import main

main()
