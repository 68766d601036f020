"""Holds and critical incidents: facts that are looked up, never flags that fan out."""
