"""A business case as somebody would write it: each question of the form with an answer."""

from lifecycle.models import QUESTIONS

ANSWERS = {question: "So that walkers hear of us." for question, _ in QUESTIONS.values()}
