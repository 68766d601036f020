"""What a comms admin does with accounts, teams and people that drafts and deliveries hang on."""
