"""Messaging channels: each platform is a small engine behind one port, on one foundation."""
