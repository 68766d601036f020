"""What the Makefile runs: preparing a machine, serving the demonstration."""
