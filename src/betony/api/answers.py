"""How an answer leaves: its bytes, its entity tag, and 304 where the asker holds them already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response


def answer(
    request: Request, body: bytes, *, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """The bytes with a strong entity tag made of them; 304 without them where If-None-Match names it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    asked = request.headers.get("if-none-match")
    if asked is not None and _names(asked, tag):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)


def plain(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def page(request: Request, items: list[Any], cursor: str | None) -> Response:
    """A page of a list, with the address of the next where there is one (RFC 8288)."""
    headers = {}
    if cursor is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        headers["Link"] = f'<{request.url.path}?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'
    return answer(request, plain({"items": items, "next": cursor}), headers=headers)


def _names(asked: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag, by the weak comparison that RFC 9110 asks for."""
    return asked.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in asked.split(","))
