"""An approved revision on its way out: exactly once, at its time, or a person is told why not."""
