"""Use cases: what the doors call. One use case is one function and one returned report."""
