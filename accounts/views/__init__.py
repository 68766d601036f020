"""The pages of accounts: one's own record, the register, teams, training and the duty rota."""
