"""Several desks of one newsroom, each with a store and a number of its own, and what goes between them."""

import shutil
from contextlib import contextmanager
from dataclasses import replace

import make
from make import HOUSE, Desk, content
from ovn_desk.store import open_store, replication
from ovn_desk.sync import exchange
from ovn_desk.usecases import merging


@contextmanager
def newsroom(folder, renderer, number=2, house=HOUSE):
    """Desks whose three people have their keys on each of them."""
    folder.mkdir(parents=True, exist_ok=True)
    first = Desk(make.newsroom(folder / "desk0.ovn", house), renderer)
    desks = [first]
    for place in range(1, number):
        store, came = exchange.join(folder / f"desk{place}.ovn", rows(first))
        assert not came.refused
        keys = first.store.path.with_name("desk0-keys")
        shutil.copytree(keys, folder / f"desk{place}-keys", ignore=lambda *_: ["cache.key"], dirs_exist_ok=True)
        desks.append(Desk(store, renderer))
    try:
        yield desks
    finally:
        for desk in desks:
            desk.store.close()


@contextmanager
def opened(template, folder, renderer, number=2):
    """Desks that a template of the same newsroom was made of, in a folder of their own."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    desks = [Desk(open_store(folder / f"desk{place}.ovn"), renderer) for place in range(number)]
    try:
        yield desks
    finally:
        for desk in desks:
            desk.store.close()


def rows(desk, articles=None):
    """What a desk has, as it travels."""
    with desk.store.read() as reading:
        return list(replication.rows(reading, articles))


def send(one, other, articles=None):
    """Everything one desk has to another, which combines what it can."""
    came = exchange.IngestReport()
    for page in exchange.pages(rows(one, articles)):
        came += exchange.absorb(other.store, page)
    merging.combine(other.store, came.articles)
    return came


def meet(one, other):
    """Both ways until both have the same."""
    while total(one) != total(other):
        send(one, other)
        send(other, one)


def total(desk):
    return desk.read(replication.total)


def folds(desk):
    """What every article adds up to."""
    with desk.store.read() as reading:
        return {article: reading.article(article) for article in reading.article_ids()}


def plain(body, headline="", base=None):
    """A text whose checks nobody passes over for long."""
    if base is not None:
        return replace(base, body=body)
    return content(body=body, headline=headline, sources=())
