"""`add` may be killed at any moment: nothing half-written is seen, and the same command finishes the work."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.store import digest, open_store

PLACES = ("Aktau", "Almaty", "Taraz", "Shymkent", "Oral", "Atyrau", "Zhanaozen", "Karaganda")
SENTENCES = (
    "Police arrested {n} people in {place} on Monday, the interior ministry said.",
    "At least {n} protesters were wounded when soldiers opened fire near the market.",
    "The governor of {place} denied that anyone had been killed.",
    "A curfew was imposed in {place} at 11 p.m., residents told the Channel Nine station.",
    "Workers at the refinery went on strike and blocked the road to {place}.",
    "“We heard shots all night,” a shopkeeper said.",
    "The opposition demanded that the government resign.",
)


def write_archive(path: Path, count: int) -> None:
    """Articles that share sentences, as agency copy does, but are all different."""
    choose = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            chosen = choose.sample(SENTENCES, 4)
            place, toll = choose.choice(PLACES), choose.randint(2, 60)
            text = " ".join(sentence.format(n=toll, place=place) for sentence in chosen)
            day = f"2022-01-{1 + number % 28:02}"
            out.write(json.dumps({"text": f"{text} Report {number}.", "published": day, "outlet": place}) + "\n")


def add(archive: Path, db: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sayso.cli", "add", str(archive), "--db", str(db)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})


def content(db: Path) -> str:
    store = open_store(str(db), create=False)
    try:
        return digest(store)
    finally:
        store.close()


def holds_whole_articles_only(db: Path) -> bool:
    """Whether every article stands with its analysis; so it does where nothing was stored yet."""
    try:
        store = open_store(str(db), create=False)
    except StoreError:
        return True
    try:
        return [one.article.id for one in store.analyses()] == sorted(store.ids())
    finally:
        store.close()


@pytest.mark.slow
def test_killed_and_repeated_equals_undisturbed(tmp_path: Path) -> None:
    archive, calm, killed = tmp_path / "reports.jsonl", tmp_path / "calm.db", tmp_path / "killed.db"
    write_archive(archive, 500)
    assert add(archive, calm).wait(300) == 0
    choose, kills = random.Random(11), 0
    for _ in range(8):
        running = add(archive, killed)
        time.sleep(choose.uniform(1.0, 9.0))
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
            kills += 1
        running.wait(60)
        assert holds_whole_articles_only(killed)
    assert add(archive, killed).wait(300) == 0
    assert kills >= 3
    assert content(killed) == content(calm)
