"""Getting approved tweets out, once each."""
