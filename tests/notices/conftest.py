from tests.publishing.fixtures import postgres

__all__ = ["postgres"]
