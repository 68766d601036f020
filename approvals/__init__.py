"""The review queue and the decisions that are taken in it."""
