"""Trained models, version by version: which is in service, which was, and why."""
