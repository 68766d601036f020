"""The whole life of an account, from the request for it to its end."""
