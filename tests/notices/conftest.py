from tests.publishing.fixtures import database, postgres, sqlite

__all__ = ["database", "postgres", "sqlite"]
