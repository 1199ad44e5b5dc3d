"""Conversations that judge the assistant: written ones, and those of simulated customers."""
