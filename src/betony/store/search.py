"""Full text search over the sections of bodies: SQLite's FTS5, PostgreSQL's tsvector, the same words in both.

Words are what stands between signs and spaces, in any case, without accents, by their stems (Porter's, without stop
words: hepatitis A is not hepatitis B). A record's title is searched with the first section of its body.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, Row, bindparam, text

from betony.errors import UsageError
from betony.store import tables
from betony.store.prepared import Prepared
from betony.store.rows import Hit

_MOST_TERMS = 32
_LONGEST_WORD = 100
_OPEN, _CLOSE = "\x02", "\x03"  # no text of a record holds them
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in this order."""

    words: tuple[str, ...]
    wanted: bool = True

    @property
    def phrase(self) -> str:
        """The words, between spaces."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit has to be; None asks for nothing."""

    section_type: str | None = None
    publisher: str | None = None
    status: str | None = None
    """A code or a currency."""
    current: bool = False


def parse(query: str) -> list[Term]:
    """The terms of a query: words, "phrases", and each with a minus before it for what must not be there.

    Any text is a query: signs are spaces, and a word with signs inside, such as follow-up or 1.2.3, is a phrase.
    """
    terms = []
    for minus, phrase, word in _TERM.findall(unicodedata.normalize("NFC", query)):
        words = tuple(found[:_LONGEST_WORD] for found in _WORD.findall(phrase or word))
        if words:
            terms.append(Term(words, wanted=not minus))
    return terms[:_MOST_TERMS]


def find(connection: Connection, query: str, filters: Filters, limit: int) -> list[Hit]:
    """The sections that hold all that is wanted and nothing that is not, the best first.

    UsageError where nothing is wanted: that no section was found would be untrue.
    """
    terms = parse(query)
    if not any(term.wanted for term in terms):
        advice = "name a word that must be there; a minus before a word leaves out what holds it"
        raise UsageError(f"{query!r} names nothing to look for", advice=advice)
    ask = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    conditions, values = _conditions(filters)
    statement, words = ask(terms, conditions)
    asked = text(statement).bindparams(*(bindparam(name, type_=tables.Words()) for name in values))
    found = connection.execute(asked, {**values, **words, "limit": limit})
    return [_hit(row) for row in found]


def make(connection: Connection) -> None:
    """Makes the index; it is not there."""
    for statement in _MAKE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def take_in(connection: Connection) -> None:
    """Brings the sections that came in this transaction into the index, as the last that is done in it.

    SQLite's index gathers words in memory and writes them out before the next statement that may have to be undone: a
    trigger for each section would write many times what is written once here. PostgreSQL's index is its own affair.
    """
    if connection.dialect.name == "sqlite":
        _TAKE_IN.run(connection, {})


def drop(connection: Connection) -> None:
    """Takes away the index that is there."""
    for statement in _DROP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _conditions(filters: Filters) -> tuple[str, dict[str, str | None]]:
    """What a hit has to be, as SQL, and the values in it."""
    asked = {
        "section_type": ("s.type = :section_type", filters.section_type),
        "publisher": ("r.publisher = :publisher", filters.publisher),
        "status": ("(r.status_code = :status OR r.currency = :status)", filters.status),
    }
    given = {name: pair for name, pair in asked.items() if pair[1]}
    conditions = [sql for sql, _ in given.values()]
    if filters.current:
        conditions.append("r.id IN (SELECT id FROM current_records)")
    return "".join(f" AND {sql}" for sql in conditions), {name: value for name, (_, value) in given.items()}


_COLUMNS = (
    'r.id AS record_id, r.title, r.status_code, r.currency, r.url, s.id AS section, s.type, s.heading, s.start, s."end"'
)


def _sqlite(terms: list[Term], conditions: str) -> tuple[str, dict[str, str]]:
    """Ranked by BM25, a title's words eight and a heading's four times a text's."""
    wanted = " AND ".join(f'"{term.phrase}"' for term in terms if term.wanted)
    unwanted = " OR ".join(f'"{term.phrase}"' for term in terms if not term.wanted)
    marked = _marked("highlight(search, {i}, '" + _OPEN + "', '" + _CLOSE + "')")
    joined = "JOIN sections s ON s.key = search.rowid JOIN records r ON r.id = s.record_id" if conditions else ""
    statement = f"""
        WITH best AS (
            SELECT search.rowid AS key, bm25(search, 8, 4, 1) AS score FROM search {joined}
            WHERE search MATCH :words{conditions} ORDER BY score, search.rowid LIMIT :limit
        )
        SELECT {_COLUMNS}, -best.score AS score, {marked}
        FROM best JOIN search ON search.rowid = best.key
        JOIN sections s ON s.key = best.key JOIN records r ON r.id = s.record_id
        WHERE search MATCH :words ORDER BY best.score, best.key
    """  # noqa: S608 - the parts are this module's own; what the user gives is bound
    words = f"({wanted}) NOT ({unwanted})" if unwanted else wanted
    return statement, {"words": words}


def _postgresql(terms: list[Term], conditions: str) -> tuple[str, dict[str, str]]:
    """Ranked by ts_rank, less by length, with the weights that SQLite's ranking has."""
    numbered = list(enumerate(terms))
    query = " && ".join(
        f"{'' if term.wanted else '!!'}phraseto_tsquery('betony', {_folded(f'CAST(:word{i} AS text)')})"
        for i, term in numbered
    )
    options = f"HighlightAll=true,StartSel={_OPEN},StopSel={_CLOSE}"
    marked = _marked("ts_headline('betony', {column}, query.words, '" + options + "')")
    statement = f"""
        WITH query AS (SELECT {query} AS words), best AS (
            SELECT s.key, ts_rank('{{0, 0.125, 0.5, 1}}', s.words, query.words, 1) AS score
            FROM sections s JOIN records r ON r.id = s.record_id, query
            WHERE s.layer = 'body' AND s.words @@ query.words{conditions} ORDER BY score DESC, s.key LIMIT :limit
        )
        SELECT {_COLUMNS}, best.score, {marked}
        FROM best JOIN sections s ON s.key = best.key JOIN records r ON r.id = s.record_id, query
        ORDER BY best.score DESC, best.key
    """  # noqa: S608 - as above
    return statement, {f"word{i}": term.phrase for i, term in numbered}


def _marked(how: str) -> str:
    """SQL for title, heading and text with the words in them marked; very long texts stay as they are.

    SQLite's highlight copies all it has for every word it marks, and its snippet compares each word with every other:
    either takes hours where a section holds a word some 100,000 times.
    """
    columns = enumerate(("s.title", "s.heading", "s.text"))
    return ", ".join(
        f"CASE WHEN length({column}) <= {_LONG} THEN {how.format(i=i, column=column)}"
        f" ELSE substr({column}, 1, {_WIDTH + 1}) END AS marked{i}"
        for i, column in columns
    )


def _hit(row: Row[tuple[object, ...]]) -> Hit:
    values = row._asdict()
    title, heading, words = (" ".join((values.pop(f"marked{i}") or "").split()) for i in range(3))
    snippet, matches = _snippet(next((marked for marked in (words, heading, title) if _OPEN in marked), words))
    return Hit(**values, snippet=snippet, matches=matches)


def _snippet(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The stretch of a marked text with the most different words that were asked for, and where they stand in it."""
    spans, plain, at = [], [], 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            spans.append((at, at))
        elif piece == _CLOSE:
            spans[-1] = (spans[-1][0], at)
        else:
            plain.append(piece)
            at += len(piece)
    text = "".join(plain)
    first = _richest(text, spans)
    start = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1
    end = len(text) if len(text) - start <= _WIDTH else max(text.rfind(" ", start, start + _WIDTH), first + 1)
    shift = start - (1 if start else 0)
    matches = tuple((left - shift, right - shift) for left, right in spans if start <= left and right <= end)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else ""), matches


def _richest(text: str, spans: list[tuple[int, int]]) -> int:
    """Where the stretch begins that holds the most different marked words; of several, the first."""
    words = [text[start:end].lower() for start, end in spans]
    within: Counter[str] = Counter()
    best, most, right = 0, 0, 0
    for left, (start, _) in enumerate(spans):
        while right < len(spans) and spans[right][1] - start <= _WIDTH - _BEFORE:
            within[words[right]] += 1
            right += 1
        if len(within) > most:
            best, most = start, len(within)
        if right > left:
            within[words[left]] -= 1
            if not within[words[left]]:
                del within[words[left]]
        right = max(right, left + 1)
    return best


_WIDTH, _BEFORE = 200, 40  # characters of a snippet, and of them before the first match
_LONG = 50_000
"""Characters beyond which a text is shown from its beginning, unmarked."""
_MOST = 200_000
"""Characters of a section that PostgreSQL indexes: a tsvector holds a megabyte."""
_SIGNS = "!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”«»‹›–—‐‑…·•°±×÷≤≥≈™®©§¶†‡€£¥¢"
_ACCENTED = "".join(letter for letter in map(chr, range(0xC0, 0x250)) if unicodedata.normalize("NFD", letter) != letter)
_PLAIN = "".join(unicodedata.normalize("NFD", letter)[0] for letter in _ACCENTED)


def _folded(words: str) -> str:
    """SQL for words without accents and signs, which PostgreSQL's parser would read as addresses, versions and tags."""
    signs = _SIGNS.replace("'", "''")
    return f"translate({words}, '{signs}{_ACCENTED}', '{' ' * len(_SIGNS)}{_PLAIN}')"


def _weighed(column: str, weight: str) -> str:
    return f"setweight(to_tsvector('betony', {_folded(f'''left(coalesce({column}, ''), {_MOST})''')}), '{weight}')"


_LAST = "(SELECT coalesce(max(id), 0) FROM search_docsize)"
"""SQL for the key of the last section that SQLite's index holds; a section that comes has a higher key than all there are."""
_TAKE_IN = Prepared(
    text(
        "INSERT INTO search(rowid, title, heading, text)"  # noqa: S608 - the part is this module's own
        f" SELECT key, title, heading, text FROM searched WHERE key > {_LAST} ORDER BY key"
    )
)
_MAKE = {
    "sqlite": (
        "CREATE VIEW searched AS SELECT key, title, heading, text FROM sections WHERE layer = 'body'",
        "CREATE VIRTUAL TABLE search USING fts5(title, heading, text, content='searched', content_rowid='key',"
        " tokenize='porter unicode61 remove_diacritics 2')",
        "CREATE TRIGGER sections_go AFTER DELETE ON sections"  # noqa: S608 - the part is this module's own
        f" WHEN old.layer = 'body' AND old.key <= {_LAST} BEGIN"
        " INSERT INTO search(search, rowid, title, heading, text)"
        " VALUES ('delete', old.key, old.title, old.heading, old.text); END",
    ),
    "postgresql": (
        "CREATE TEXT SEARCH DICTIONARY betony (TEMPLATE = snowball, Language = porter)",
        "CREATE TEXT SEARCH CONFIGURATION betony (PARSER = default)",
        "ALTER TEXT SEARCH CONFIGURATION betony ADD MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,"
        " hword_asciipart, hword_part, hword_numpart, int, uint, float, sfloat, version WITH betony",
        "ALTER TABLE sections ADD COLUMN words tsvector GENERATED ALWAYS AS"
        f" ({_weighed('title', 'A')} || {_weighed('heading', 'B')} || {_weighed('text', 'C')}) STORED",
        "CREATE INDEX ix_sections_words ON sections USING gin (words) WHERE layer = 'body'",
    ),
}
_DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS sections_come",  # of layouts before 7
        "DROP TRIGGER IF EXISTS sections_go",
        "DROP TABLE IF EXISTS search",
        "DROP VIEW IF EXISTS searched",
    ),
    "postgresql": (
        "ALTER TABLE sections DROP COLUMN IF EXISTS words",
        "DROP TEXT SEARCH CONFIGURATION IF EXISTS betony",
        "DROP TEXT SEARCH DICTIONARY IF EXISTS betony",
    ),
}
