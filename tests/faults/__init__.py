"""Real processes, real databases, and death at the worst moment; the ledger is the judge."""
