"""The MCP server: what assistants may ask of a store, and nothing that they could change."""

from betony.assistant.server import run, server

__all__ = ["run", "server"]
