"""What people are told: rows written in a service's transaction, shown and mailed later."""
