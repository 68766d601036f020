"""The test suite: `make test`, or `python -m pytest` for a part."""
