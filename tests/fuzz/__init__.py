"""Inputs that nobody would think of: a coverage-guided fuzzer (atheris, libFuzzer) for what reads text.

`targets` says what is tried and what must hold; `__main__` tries it for a while; what was found to fail
stays in `found/` as a test (`tests/test_fuzz.py`).
"""
