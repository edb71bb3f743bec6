"""The XML of a Word file: each member parsed once, and the file packed anew with what was changed in it."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

DOCUMENT = "word/document.xml"


class Members:
    """The members of a Word file as trees, to be changed in place."""

    def __init__(self, body: bytes, archive: zipfile.ZipFile) -> None:
        self.body = body
        self.archive = archive
        self._trees: dict[str, etree._Element | None] = {}
        self._changed: set[str] = set()

    def tree(self, name: str) -> etree._Element | None:
        """The root of a member; None where there is none, or where it is broken, which the reader itself tells."""
        if name not in self._trees:
            self._trees[name] = self._parsed(name)
        return self._trees[name]

    def mark_changed(self, name: str) -> None:
        """Says that the tree of a member is no longer as in the file."""
        self._changed.add(name)

    def packed(self) -> bytes:
        """The file with its changes; as it came where there are none."""
        if not self._changed:
            return self.body
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in dict.fromkeys(self.archive.namelist()):
                tree = self._trees[name] if name in self._changed else None
                if tree is not None:
                    copy.writestr(name, etree.tostring(tree))
                elif name.endswith((".xml", ".rels")):  # pictures are not read
                    copy.writestr(name, self.archive.read(name))
        return out.getvalue()

    def _parsed(self, name: str) -> etree._Element | None:
        if name not in self.archive.NameToInfo:
            return None
        try:
            parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
            return etree.fromstring(self.archive.read(name), parser)
        except etree.LxmlError:
            return None
