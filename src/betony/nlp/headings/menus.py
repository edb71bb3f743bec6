"""Headings in a row with nothing under them."""

from __future__ import annotations

from dataclasses import replace

from betony.model import Block, BlockKind, Layer

_MENU = 3
"""As many headings with nothing under them make a menu."""


def without_menus(blocks: list[Block]) -> list[Block]:
    """Three or more headings in a row, with nothing under them, are a menu: furniture, but for the last of them."""
    result = list(blocks)
    start = 0
    for i in range(len(blocks) + 1):
        if i < len(blocks) and blocks[i].kind is BlockKind.HEADING and blocks[i].level == 0:
            continue
        if i - start > _MENU:
            for j in range(start, i - 1):
                result[j] = replace(blocks[j], kind=BlockKind.PARAGRAPH, layer=Layer.FURNITURE)
        start = i + 1
    return result
