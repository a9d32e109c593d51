"""The words of localization as values: pure functions over frozen data, no I/O."""
