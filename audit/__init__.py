"""The append-only trail: what happened, by whom, when; sealed so that tampering shows."""
