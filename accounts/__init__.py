"""The force, its teams and social accounts, its people, their roles and who may approve."""
