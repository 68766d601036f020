"""Measurements with figures to reach; each has a make target and a smoke run in the tests."""
