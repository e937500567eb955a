"""Measures Serai beside other engines, on the same passages and questions, in one run."""
