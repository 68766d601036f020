"""Signing in to the demonstration: the answers, as `answers` reads them."""

ROWS = """
demo-start                           G 200  302  302  302  302  302  302  302  302  302  200  302
demo-start                           P 405  405  405  405  405  405  405  405  405  405  405  405
demo-mail                            G 404  404  404  404  404  404  404  404  404  404  404  404
demo-mail                            P 405  405  405  405  405  405  405  405  405  405  405  405
demo-sign-in                         G 405  405  405  405  405  405  405  405  405  405  405  405
demo-sign-in                         P 404  404  404  404  404  404  404  404  404  404  404  404
"""
