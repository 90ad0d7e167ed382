"""The tables of what waits, in the store's file, and what is read of them."""

from typing import Any

from pydantic import TypeAdapter

from summarizer.article import Article
from summarizer.later.values import Entry

__all__ = ["ALL_BATCHES", "FIRST", "NEXT", "TABLES", "entry", "written"]

TABLES = """
CREATE TABLE IF NOT EXISTS later_work (
    one INTEGER PRIMARY KEY CHECK (one = 1), targets TEXT NOT NULL, flags TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS later_articles (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, stem TEXT NOT NULL, article TEXT NOT NULL,
    failed TEXT, UNIQUE (key, name)
);
CREATE TABLE IF NOT EXISTS later_questions (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, question TEXT NOT NULL, number INTEGER NOT NULL, model TEXT NOT NULL,
    form TEXT NOT NULL, line TEXT NOT NULL, bytes INTEGER NOT NULL, batch TEXT, tries INTEGER NOT NULL DEFAULT 0,
    status INTEGER, said TEXT, UNIQUE (key, question, number)
);
CREATE INDEX IF NOT EXISTS later_questions_of_a_batch ON later_questions (batch);
CREATE TABLE IF NOT EXISTS later_batches (
    tag TEXT PRIMARY KEY, model TEXT NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL, made REAL NOT NULL,
    tried REAL, id TEXT, status TEXT NOT NULL, message TEXT, answered INTEGER, ended REAL
);
CREATE TABLE IF NOT EXISTS later_accounts (tag TEXT PRIMARY KEY, tokens INTEGER NOT NULL, usd REAL NOT NULL);
"""
FIRST = "SELECT id, name, stem, key, article FROM later_articles WHERE failed IS NULL ORDER BY id LIMIT 1"
NEXT = """
    SELECT id, name, stem, key, article FROM later_articles AS given WHERE failed IS NULL AND id > ? AND (
        NOT EXISTS (SELECT 1 FROM later_questions AS asked WHERE asked.key = given.key)
        OR EXISTS (SELECT 1 FROM later_questions AS asked WHERE asked.key = given.key AND status IS NOT NULL)
    ) ORDER BY id LIMIT 1
"""
ALL_BATCHES = (
    "SELECT tag, model, requests, bytes, made, tried, id, status, message, answered, ended FROM later_batches "
    "ORDER BY made, rowid"
)
_ARTICLE = TypeAdapter(Article)


def entry(row: tuple[Any, ...]) -> Entry:
    """Return a row of `FIRST` or `NEXT` as the article that it is."""
    return Entry(row[1], row[2], row[3], _ARTICLE.validate_json(row[4]))


def written(article: Article) -> str:
    """Return an article as its row has it."""
    return _ARTICLE.dump_json(article).decode()
