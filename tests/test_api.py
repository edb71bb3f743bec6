"""The HTTP API, in process, over stores in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from betony.api import application
from betony.api.serving import _bound, _is_loopback
from betony.errors import StoreTimeoutError, UsageError
from betony.store import Asked, Cause, Departure, Filters, Store
from tests.postgresql import Server
from tests.stores import goldens, put, record

API = "/api/v1"
ODD = "web:example.org/a b/ü/versions"
"""An id that needs encoding, and ends as an address of the API does."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def name(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("api") / "s.db")
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture(scope="module")
def store(name: str) -> Iterator[Store]:
    with Store.open(name, create=True) as made:
        for golden in goldens():
            put(made, golden)
        put(made, record(ODD, ("Duties", "Providers should keep a log."), title="Odd"))
        put(made, record("a:1", "old words", title="Changed"))
        put(made, record("a:1", "new words", title="Changed", content_hash="0" * 64, text_hash="1" * 64))
        put(made, record("a:gone", "words that went"))
        made.retire("a:gone", "2126-01-01T00:00:00Z", Departure.GONE)
        put(made, record("a:left", "words that went before"))
        made.retire("a:left", "2026-06-01T00:00:00Z", Departure.GONE)
        put(made, record("a:secret", "words to forget"))
        made.forget("a:secret", why="asked for", who="Ana")
    with Store.open(name, writable=False, readers=4, seconds=30) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(application(store)) as asking:
        yield asking


def get(client: TestClient, address: str, **parameters: Any) -> Any:
    answered = client.get(API + address, params=parameters)
    assert answered.status_code == 200, answered.text
    return answered.json()


def everything(client: TestClient, address: str, **parameters: Any) -> list[Any]:
    """All items of a list, by the addresses of its pages."""
    items: list[Any] = []
    answered = client.get(API + address, params=parameters)
    while True:
        assert answered.status_code == 200, answered.text
        items += answered.json()["items"]
        if "next" not in answered.links:
            assert answered.json()["next"] is None
            return items
        assert answered.json()["next"]
        answered = client.get(answered.links["next"]["url"])


# One record


def test_a_record_comes_byte_for_byte(client: TestClient, store: Store) -> None:
    for row in store.listed():
        answered = client.get(f"{API}/records/{quote(row.id, safe='')}")
        assert answered.content == store.json(row.id).encode()
        assert answered.headers["content-type"] == "application/json"


def test_a_record_is_found_by_any_of_its_names(client: TestClient, store: Store) -> None:
    for asked in ("nice:ng9020", "NICE:NG9020", "NG9020", "nice%3Ang9020"):
        answered = client.get(f"{API}/records/{asked}")
        assert answered.json()["id"] == "nice:ng9020"
        assert answered.headers["content-location"] == f"{API}/records/nice%3Ang9020"
    assert client.get(f"{API}/records/nhs:conditions/ear-wax-impaction").status_code == 200


def test_an_id_may_end_as_an_address_does(client: TestClient) -> None:
    encoded = quote(ODD, safe="")
    assert client.get(f"{API}/records/{encoded}").json()["id"] == ODD
    assert get(client, f"/records/{encoded}/versions")["items"][0]["record_id"] == ODD
    assert get(client, f"/records/{encoded}/sections")["record"] == ODD
    plain = client.get(f"{API}/records/{quote(ODD)}")
    assert plain.json()["type"] == "urn:betony:unknown-record"  # the versions of another record


def test_each_version_of_a_record_is_there(client: TestClient) -> None:
    first, second = get(client, "/records/a:1/versions")["items"]
    assert (first["number"], second["number"]) == (1, 2)
    assert get(client, "/records/a:1/versions/1")["text"] == "old words"
    assert get(client, "/records/a:1/versions/2")["text"] == "new words"
    missing = client.get(f"{API}/records/a:1/versions/3")
    assert (missing.status_code, missing.json()["type"]) == (404, "urn:betony:unknown-version")


def test_sections_hold_the_whole_text(client: TestClient, store: Store) -> None:
    full = json.loads(store.json("nice:ng9001"))
    found = get(client, "/records/nice:ng9001/sections")
    assert found["items"] == full["sections"]
    assert (found["status"], found["currency"]) == (full["status"]["code"], full["status"]["currency"])
    some = get(client, "/records/nice:ng9001/sections", type="recommendations", layer="body")["items"]
    assert some == [one for one in full["sections"] if one["type"] == "recommendations"]
    assert some
    for section in full["sections"]:
        assert get(client, f"/records/nice:ng9001/sections/{quote(section['id'], safe='')}") == section
    missing = client.get(f"{API}/records/nice:ng9001/sections/nonsense")
    assert (missing.status_code, missing.json()["type"]) == (404, "urn:betony:unknown-section")


@pytest.mark.parametrize("what", ["recommendations", "responsibilities"])
def test_what_a_record_holds(client: TestClient, store: Store, what: str) -> None:
    counted = 0
    for row in store.listed():
        found = get(client, f"/records/{quote(row.id, safe='')}/{what}")
        assert found["items"] == json.loads(store.json(row.id))[what]
        counted += len(found["items"])
    assert counted > 10


# Lists


def test_lists_are_paged_to_their_end(client: TestClient, store: Store) -> None:
    ids = [row.id for row in store.listed()]
    for limit in (3, len(ids), 200):
        assert [row["id"] for row in everything(client, "/records", limit=limit)] == ids


def test_lists_are_filtered_as_on_the_command_line(client: TestClient, store: Store) -> None:
    for asked in (
        {"publisher": "nice"},
        {"type": "nice_guideline"},
        {"status": "retired"},
        {"status": "update_in_progress"},
        {"publisher": "nice", "status": "active"},
    ):
        same = {{"type": "document_type"}.get(key, key): value for key, value in asked.items()}
        ids = [row.id for row in store.listed(**same)]  # type: ignore[arg-type] # all of them are text
        assert [row["id"] for row in everything(client, "/records", limit=3, **asked)] == ids
        assert ids
    assert everything(client, "/records", publisher="NICE") == everything(client, "/records", publisher="nice")
    current = {row["id"] for row in everything(client, "/records", current=True)}
    assert "a:1" in current
    assert not current & {"a:gone", "nice:ipg9003"}


def test_bulk_is_every_record_a_line(client: TestClient, store: Store) -> None:
    with client.stream("GET", f"{API}/records.jsonl") as answered:
        assert answered.headers["content-type"].startswith("application/jsonl")
        assert list(answered.iter_lines()) == list(store.every_json())
    some = client.get(f"{API}/records.jsonl", params={"publisher": "nice", "current": True}).text.splitlines()
    asked = store.filtered_json(publisher="nice", document_type=None, status=None, current=True)
    assert some == list(asked)
    assert client.get(f"{API}/records.jsonl", params={"since": "2126-01-01"}).text == ""


def test_duties_of_all_records(client: TestClient, store: Store) -> None:
    held = [(row.id, duty) for row in store.listed() for duty in json.loads(store.json(row.id))["responsibilities"]]
    found = everything(client, "/responsibilities", limit=5)
    assert [(row["record_id"], row["item"]) for row in found] == held
    for row in everything(client, "/responsibilities", actor="HEALTHCARE", modality="should", current=True):
        assert "healthcare" in row["item"]["actor"].lower()
        assert row["item"]["modality"] == "should"
    clinicians = everything(client, "/responsibilities", actor_kind="clinician")
    assert clinicians
    assert all("clinician" in row["item"]["actor_kinds"] for row in clinicians)
    of_one = everything(client, "/responsibilities", record="NG9020", generic=False)
    assert {row["record_id"] for row in of_one} == {"nice:ng9020"}
    assert everything(client, "/responsibilities", actor="100%_of nobody") == []


def test_changes_are_those_of_the_store_and_can_be_asked_for_in_part(client: TestClient, store: Store) -> None:
    found = everything(client, "/changes", limit=4)
    assert [row["number"] for row in found] == [one.number for one in store.changes()]
    of_one = everything(client, "/changes", record="a:1", cause="any")
    assert [row["kind"] for row in of_one] == [one.change.kind for one in store.changes(record_id="a:1", cause=None)]
    assert {row["kind"] for row in everything(client, "/changes", since="2125-01-01")} == {"retired"}
    recorded = max(one.recorded_at for one in store.changes())
    lately = everything(client, "/changes", recorded_since=recorded)
    assert [row["number"] for row in lately] == [one.number for one in store.changes() if one.recorded_at == recorded]
    assert everything(client, "/changes", recorded_since="2126-01-01") == []
    read_anew = everything(client, "/changes", cause="processing")
    assert [row["number"] for row in read_anew] == [one.number for one in store.changes(cause=Cause.PROCESSING)]


def test_search_finds_what_the_store_finds(client: TestClient, store: Store) -> None:
    found = get(client, "/search", q="wrist -plaster", limit=3, current=True)["items"]
    assert found
    assert [hit["section"] for hit in found] == [hit.section for hit in store.search("wrist -plaster", limit=3)]
    for hit in found:
        assert all(hit["snippet"][start:end] for start, end in hit["matches"])
    nothing = client.get(f"{API}/search", params={"q": "-nothing"})
    assert nothing.status_code == 422
    assert "names nothing to look for" in nothing.json()["detail"]


def test_whether_guidance_is_current(client: TestClient) -> None:
    names = ["IPG9003", "a:left", "a:gone", "no such thing"]
    items = get(client, "/check", name=names, max_age=36_500)["items"]
    assert [item["answer"] for item in items] == ["not_current", "not_current", "unknown", "unknown"]
    assert "yet to come" in items[2]["why"]
    assert items[0]["successors"][0]["id"] == "nice:ipg9002"


def test_statistics_count_what_is_listed(client: TestClient, store: Store) -> None:
    counted = get(client, "/statistics")
    listed = list(store.listed())
    assert counted["records"] == len(listed)
    assert counted["current"] == len(list(store.listed(current=True)))
    for name, field in (("publishers", "publisher"), ("types", "document_type"), ("currencies", "currency")):
        assert {one["name"]: one["number"] for one in counted[name]} == {
            value: sum(getattr(row, field) == value for row in listed)
            for value in {getattr(row, field) for row in listed}
        }


# How answers leave


def test_what_the_asker_holds_is_not_sent_again(client: TestClient) -> None:
    for address in ("/records/nice:ng9020", "/records?limit=2", "/search?q=wrist", "/records/nice:ng9020/sections"):
        first = client.get(API + address)
        tag = first.headers["etag"]
        for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get(API + address, headers={"If-None-Match": asked})
            assert (again.status_code, again.content) == (304, b""), asked
            assert again.headers["etag"] == tag
        assert client.get(API + address, headers={"If-None-Match": '"other"'}).content == first.content


def test_another_version_has_another_tag(client: TestClient) -> None:
    tags = {client.get(f"{API}/records/a:1/versions/{number}").headers["etag"] for number in (1, 2)}
    assert len(tags) == 2


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, head = (client.request(method, f"{API}/records/nice:ng9020") for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == got.headers


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/records/nice:ng0", 404),
        ("GET", "/records/%00", 404),
        ("GET", "/records/%ff%fe", 404),
        ("GET", "/records/a:secret", 410),
        ("GET", "/records/", 422),
        ("GET", "/nothing", 404),
        ("GET", "/records/nice:ng9020/versions/0", 422),
        ("GET", "/records/nice:ng9020/versions/x", 422),
        ("GET", "/records/nice:ng9020/versions/99999999999999999999", 422),
        ("GET", "/records/nice:ng9020?typo=1", 422),
        ("GET", "/records?limit=201", 422),
        ("GET", "/records?limit=0", 422),
        ("GET", "/records?status=nonsense", 422),
        ("GET", "/records?publisher=%00", 422),
        ("GET", "/records?publisher=nobody", 404),
        ("GET", "/records.jsonl?publisher=nobody", 404),
        ("GET", "/search?q=wrist&publisher=nobody", 404),
        ("GET", "/changes?publisher=nobody", 404),
        ("GET", "/responsibilities?publisher=nobody", 404),
        ("GET", "/records?cursor=nonsense", 404),
        ("GET", "/records?cursor=WzFd", 404),
        ("GET", "/records?typo=nice", 422),
        ("GET", "/records?publisher=nice&publisher=nhs", 422),
        ("GET", "/search?q=wrist&limit=1&limit=2", 422),
        ("GET", "/search", 422),
        ("GET", "/search?q=" + "x" * 501, 422),
        ("GET", "/changes?since=yesterday", 422),
        ("GET", "/check", 422),
        ("GET", "/check?" + "&".join("name=x" for _ in range(51)), 422),
        ("GET", "/responsibilities?record=nice:ng0", 404),
        ("POST", "/records", 405),
        ("DELETE", "/records/nice:ng9020", 405),
    ],
)
def test_every_error_is_a_problem(client: TestClient, method: str, address: str, status: int) -> None:
    answered = client.request(method, API + address)
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == "application/problem+json"
    told = answered.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["type"] == "about:blank" or told["type"].startswith("urn:betony:")
    assert "Traceback" not in answered.text
    if status == 405:
        assert answered.headers["allow"] == "GET, HEAD"


def test_a_defect_is_a_problem_without_its_traceback(store: Store) -> None:
    app = application(store)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret")

    with TestClient(app, raise_server_exceptions=False) as asking:
        answered = asking.get("/broken")
    assert answered.status_code == 500
    assert answered.headers["content-type"] == "application/problem+json"
    assert "secret" not in answered.text


def test_a_question_that_takes_too_long_is_broken_off(name: str, store: Store) -> None:
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "postgresql": "SELECT pg_sleep(600)",
    }
    with Store.open(name, writable=False, readers=1, seconds=0.2) as hurried:
        app = application(hurried)

        @app.get("/slow")
        def slow() -> None:
            with hurried._database.reading() as connection:
                connection.exec_driver_sql(endless[connection.dialect.name]).all()

        with TestClient(app) as asking:
            answered = asking.get("/slow")
            assert (answered.status_code, answered.json()["type"]) == (503, "urn:betony:store-timeout")
            assert answered.headers["retry-after"]
            assert asking.get(f"{API}/records/a:1").status_code == 200  # the connection is as good as before
        with pytest.raises(StoreTimeoutError, match="ask for less"):
            slow()


def test_the_time_of_one_question_is_not_that_of_the_next(name: str, store: Store) -> None:
    assert store.json("a:1")
    with Store.open(name, writable=False, readers=1, seconds=0.05) as hurried:
        hurried.versions("a:1")
        time.sleep(0.1)
        for _ in range(2_000):  # looks that add up to many steps of the database's machine
            hurried.json("a:1")


def test_only_its_own_names_on_loopback(store: Store) -> None:
    with TestClient(application(store, hosts={"localhost", "127.0.0.1", "[::1]"})) as asking:
        for host in ("localhost", "LOCALHOST:8321", "127.0.0.1:80", "[::1]", "[::1]:8321"):
            assert asking.get(f"{API}/records", headers={"Host": host}).status_code == 200, host
        for host in ("evil.example", "evil.example:8321", "localhost.evil.example", "127.0.0.1.evil.example", ""):
            refused = asking.get(f"{API}/records", headers={"Host": host})
            assert (refused.status_code, refused.json()["type"]) == (421, "urn:betony:foreign-host"), host


def test_no_other_site_may_read_it(client: TestClient) -> None:
    answered = client.get(f"{API}/records/nice:ng9020", headers={"Origin": "https://evil.example"})
    assert not [name for name in answered.headers if name.startswith("access-control-")]
    assert answered.headers["cross-origin-resource-policy"] == "same-origin"
    assert answered.headers["x-content-type-options"] == "nosniff"


def test_pages_for_people_stand_beside_it(client: TestClient) -> None:
    index = client.get("/")
    assert index.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in index.headers["content-security-policy"]
    assert "wrist" in client.get("/record", params={"id": "nice:ng9020"}).text.lower()
    assert all(path.startswith(API) for path in get(client, "/openapi.json")["paths"])


def test_the_description_describes_and_shows(client: TestClient) -> None:
    described = get(client, "/openapi.json")
    assert len(described["paths"]) >= 14
    for path, operations in described["paths"].items():
        (operation,) = operations.values()
        assert operation["summary"], path
        assert operation["description"], path
        assert {"422", "503"} <= set(operation["responses"]), path
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
    assert '"examples"' in json.dumps(described)
    assert get(client, "/schema")["title"] == "betony record"


# Many at once


def test_the_store_stays_readable_while_it_is_written(tmp_path: Path) -> None:
    name = str(tmp_path / "busy.db")
    with Store.open(name, create=True) as writer:
        put(writer, record("a:0", "words"))
        with Store.open(name, writable=False, readers=4, seconds=30) as reader, _asking(reader) as app:
            stop, failures = threading.Event(), []

            def ask() -> None:
                while not stop.is_set():
                    for address in ("/records", "/records/a:0", "/search?q=words", "/statistics"):
                        answered = app.get(API + address)
                        if answered.status_code != 200:
                            failures.append(answered.text)

            threads = [threading.Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            for number in range(40):
                put(writer, record(f"a:{number}", "words", title=f"Number {number}"))
            stop.set()
            for thread in threads:
                thread.join()
            assert failures == []
            assert len(everything(app, "/records")) == 40


def _asking(store: Store) -> TestClient:
    return TestClient(application(store))


# The server


def test_the_server_is_loopback_alone_by_default() -> None:
    assert all(map(_is_loopback, ("127.0.0.1", "::1", "localhost", "127.8.8.8")))
    assert not any(map(_is_loopback, ("0.0.0.0", "::", "192.0.2.1", "guidance.example.org")))  # noqa: S104 - no server


def test_an_address_that_is_taken_is_one_clear_error() -> None:
    with _bound("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="--port"):
        _bound("127.0.0.1", taken.getsockname()[1])


def test_a_tag_is_of_the_bytes(client: TestClient) -> None:
    answered = client.get(f"{API}/records/nice:ng9020")
    assert answered.headers["etag"] == f'"{hashlib.sha256(answered.content).hexdigest()[:32]}"'


def test_no_name_is_an_error_of_the_database(store: Store) -> None:
    for odd in ("\0", "\ud800", "a\0b", "%", "'", "\\"):
        assert store.known(odd) is None
        assert list(store.listed(publisher=odd, document_type=odd, status=odd, after=odd)) == []
        assert store.duties(Asked(actor=odd, modality=odd, record_id=odd, publisher=odd, status=odd), limit=1) == []
        assert store.search("words", Filters(odd, odd, odd)) == []
        assert store.changes(publisher=odd, record_id=odd, after=(odd, odd, 1)) == []
