"""Answers from the shop's help pages: found, not made up."""
