"""betony: published health guidance as structured, traceable, versioned JSON records."""

__version__ = "0.1.0"
