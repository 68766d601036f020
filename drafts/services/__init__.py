"""What people do with drafts. Every entry point goes through these."""

from drafts.services.checking import (
    check_content,
    check_text,
    content_of,
    context_for,
    guess,
    last_answers,
)
from drafts.services.submitting import (
    DECLARATION,
    NotReady,
    Problem,
    discard,
    in_the_way,
    submit,
    withdraw,
)
from drafts.services.writing import Writing, copy, save, write

__all__ = [
    "DECLARATION",
    "NotReady",
    "Problem",
    "Writing",
    "check_content",
    "check_text",
    "content_of",
    "context_for",
    "copy",
    "discard",
    "guess",
    "in_the_way",
    "last_answers",
    "save",
    "submit",
    "withdraw",
    "write",
]
