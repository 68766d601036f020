"""How people sign in: passwords, second factors, sessions, single sign-on, and showing it again.

allauth does the protocols; what is here says what this product asks of them.
"""
