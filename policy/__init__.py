"""The force's rulebook: the rules in plain Python (`policy.core`) and the packs in force."""
