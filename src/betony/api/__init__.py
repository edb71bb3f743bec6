"""The read-only HTTP API over a store, and the server that answers it."""

from betony.api.application import application
from betony.api.serving import serve

__all__ = ["application", "serve"]
