"""Servers of our own on loopback, each with a log of what was asked of it and when."""
