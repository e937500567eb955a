"""Faults at random moments: does an index survive them? ``python -m tests.faults --help`` says how to ask."""
