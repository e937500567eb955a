"""Documents -> index -> results."""
