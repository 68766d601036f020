"""Drafts, their immutable revisions, and everyone who ever wrote or submitted one."""
