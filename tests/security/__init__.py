"""Who gets which answer where, asked of every route, kind of person and method.

And what no page ever does, whoever asks for it and whatever was typed. A new route gets its two
rows in `answers/`, in the file of its app; what its address is about in `addresses.py`; what its
button sends in `sending.py`; a dangerous one stands in DANGEROUS of `asking.py` as well.
"""
