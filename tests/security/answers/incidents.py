"""Holds and critical incidents: the answers, as `answers` reads them."""

ROWS = """
incidents:list                       G 302  403  403  403  200  200  200  200  200  403  302  403
incidents:list                       P 419  403  403  403  403  302* 302* 422  302* 403  419  403
incidents:release                    G 302  403  403  403  403  403  403  403  405  403  302  403
incidents:release                    P 419  403  403  403  403  403  403  403  302* 403  419  403
"""
