"""One module an engine, each with its ``RUNNER``."""
