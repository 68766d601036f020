from tests.publishing.fixtures import database, ledger, postgres, sqlite

__all__ = ["database", "ledger", "postgres", "sqlite"]
