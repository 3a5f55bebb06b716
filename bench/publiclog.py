"""What the public log costs an export and a reader: reading the records, proofs for every page, checking all of it.

    python bench/publiclog.py [LINES] [EXPORTS]

Hashes are counted besides: a proof takes as many as the tree is high, not as the log is long.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import logs
from ovn_desk import signing
from ovn_desk.formats.site import log
from ovn_desk.text.transparency import merkle
from ovn_desk.usecases.publishing import log_checks, public_log
from ovn_desk.usecases.publishing.log_checks import GivenLog


def main(lines=10_000, exports=1_000):
    key = signing.generate()
    keys = {key.id: key.public}
    records, each = made(lines, exports, key, keys)
    (known,), took = timed(lambda: public_log.published_logs(records, keys))
    print(f"{known.size:,} lines by {len(records):,} exports, one signed head each")
    print(f"read from the records, heads checked     {took:8.2f} s")
    print(f"an export that adds {each:,} lines to that    {timed(lambda: add(known, each, key, keys))[1]:8.2f} s")
    public_log.MOST_LINES = lines
    at_once, _ = made(lines, 1, key, keys)
    with_one, took = timed(lambda: public_log.published_logs(at_once, keys))
    print(f"the same lines in one record             {took:8.2f} s")
    for name, one in (("one head a few lines", known), ("one head over all", with_one[0])):
        report(name, one)
    given = GivenLog(*known.files.values())
    (code, _), took = timed(lambda: log_checks.of_log(given, keys))
    print(f"checking all of it ({code})               {took:8.2f} s")


def made(lines, exports, key, keys):
    each, records = max(1, lines // exports), []
    growing = [public_log.PublicLog()]
    for number in range(0, lines, each):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        facts = range(number, min(number + each, lines))
        records.append(logs.export(growing, facts, key, keys, at))
    return records, each


def add(known, each, key, keys):
    logs.export([known], range(10**6, 10**6 + each), key, keys)


def report(name, one):
    size = one.size
    counted = {"nodes": 0}
    plain = merkle.node_hash

    def counting(left, right):
        counted["nodes"] += 1
        return plain(left, right)

    merkle.node_hash = counting
    places = [one.place(log.read(line)) for line in one.lines]
    fresh = public_log.PublicLog(one.lines, one.heads, one.sizes, merkle.Tree(one.tree.leaves))
    first, took_first = timed(lambda: fresh.proof(*places[0]))
    built = counted["nodes"]
    counted["nodes"] = 0
    proofs, took = timed(lambda: [fresh.proof(*place) for place in places])
    most = max(len(proof.hashes) for proof in proofs)
    print(f"{name}: the first proof {took_first * 1000:.1f} ms ({built:,} hashes, the tree is built once);")
    print(
        f"    each of {size:,} proofs {took / size * 1e6:.0f} µs, {counted['nodes'] / size:.1f} hashes, "
        f"at most {most} in it, {max(len(proof.text) for proof in proofs):,} bytes on the page"
    )
    del first
    merkle.node_hash = plain


def timed(work):
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
