"""TinyDB over rows: TinyDB's own methods work as they do elsewhere, within one view."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from tinydb import where

from storage.sealing import DataKey
from storage.sqlite_rows import SCHEMA, View
from storage.store import StoreDamaged

KEY = DataKey.new()


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A database in memory with the store's table."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(SCHEMA)
        yield connection


@pytest.fixture
def view(connection: sqlite3.Connection) -> View:
    """A view with three people in it, beside another view."""
    View(connection, "other", KEY).rows("people").add("a", {"name": "Leder To"})
    view = View(connection, "this", KEY)
    for id_, name in {"b": "Sagsbehandler Et", "a": "Leder To", "c": "Sagsbehandler Et"}.items():
        assert view.rows("people").add(id_, {"name": name})
    return view


def test_a_document_is_added_once(view: View) -> None:
    """A second document under the id is refused and changes nothing."""
    people = view.rows("people")

    assert not people.add("a", {"name": "En anden"})
    assert people.at("a") == {"name": "Leder To"}
    assert people.at("d") is None


def test_a_document_is_replaced_and_removed_by_its_id(view: View) -> None:
    """What is put stands in place of what was there; what is dropped is gone."""
    people = view.rows("people")
    people.put("a", {"name": "En anden"})
    people.put("d", {"name": "En ny"})
    people.drop("b")
    people.drop("unknown")

    assert [(str(one.doc_id), one["name"]) for one in people.all()] == [
        ("a", "En anden"),
        ("c", "Sagsbehandler Et"),
        ("d", "En ny"),
    ]


def test_queries_find_documents_in_the_order_of_their_ids(view: View) -> None:
    """A query sees the documents of its table, whatever else the database holds."""
    people = view.rows("people")

    assert [str(one.doc_id) for one in people.search(where("name") == "Sagsbehandler Et")] == ["b", "c"]
    assert people.count(where("name") == "Leder To") == 1
    assert view.rows("empty").all() == []


def test_tinydbs_own_changes_stay_within_the_view(view: View, connection: sqlite3.Connection) -> None:
    """Updating, removing and dropping tables through TinyDB reaches this view's rows and no others."""
    view.rows("cases").add("case-1", {"state": "drafting"})
    view.rows("people").update({"name": "En anden"}, where("name") == "Sagsbehandler Et")
    view.rows("people").remove(where("name") == "Leder To")
    assert [one["name"] for one in View(connection, "this", KEY).rows("people")] == ["En anden", "En anden"]

    view.drop_table("people")
    assert View(connection, "this", KEY).tables() == {"cases"}
    view.drop_tables()
    assert View(connection, "this", KEY).tables() == set()
    assert View(connection, "other", KEY).rows("people").at("a") == {"name": "Leder To"}


def test_a_row_that_was_moved_is_found_damaged(view: View, connection: sqlite3.Connection) -> None:
    """Content that turns up under another id, as damage can do, is not taken for that id's."""
    connection.execute("UPDATE document SET id = 'z' WHERE view = 'this' AND id = 'a'")

    with pytest.raises(StoreDamaged):
        view.rows("people").at("z")


def test_only_the_row_that_is_asked_for_is_read(view: View, connection: sqlite3.Connection) -> None:
    """A look-up by id does not even notice that another row is damaged."""
    connection.execute("UPDATE document SET body = X'00' WHERE view = 'this' AND id = 'a'")

    assert view.rows("people").at("b") == {"name": "Sagsbehandler Et"}
    with pytest.raises(StoreDamaged):
        view.rows("people").all()
