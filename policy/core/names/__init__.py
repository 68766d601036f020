"""Finds names of people in a text, without machine learning unless a model is handed in."""

from policy.core.names.light import LIGHT, LightNames
from policy.core.names.spans import NameDetector, NameSpan

__all__ = ["LIGHT", "LightNames", "NameDetector", "NameSpan"]
