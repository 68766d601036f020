"""The settings of `make bench-review`: those of `make bench`, and static files as in production."""

from bench.peer_settings import *

ROOT_URLCONF = "bench.review_peer"
WHITENOISE_AUTOREFRESH = False
# In production the names of files change with their words, and browsers keep them for good.
WHITENOISE_MAX_AGE = 31_536_000
