"""A public log, or a page's proof, altered in every way somebody could think of: each is noticed, by both who check."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

import logs
from effort import examples
from ovn_desk.formats.site import log, verdicts
from ovn_desk.formats.site.log import Fact
from ovn_desk.text.transparency import Proof
from ovn_desk.usecases.publishing import log_checks, public_log
from ovn_desk.usecases.publishing.log_checks import GivenLog

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Needs node: .ci/run installs it.")


@pytest.fixture(scope="module")
def made():
    return logs.published()


def test_the_log_and_each_page_in_it_are_what_was_published(made):
    assert log_checks.of_log(made.given, made.keys)[0] == "intact"
    for index in (1, 3, 7):
        code, values = log_checks.of_page(made.page(index), logs.statement(index), made.keys)
        assert (code, values["number"]) == ("intact", str(index + 1))
        assert log_checks.of_page(made.page(index), logs.statement(index), made.keys, made.given)[0] == "found"


def test_a_page_of_a_withdrawn_text_proves_that_the_log_says_so(made):
    last = made.log.size - 1
    code, values = log_checks.of_page(made.page(last), None, made.keys)
    assert (code, values["number"]) == ("withdrawn", str(last + 1))
    assert log_checks.of_page(made.page(last), None, made.keys, made.given)[0] == "found"


def replayed():
    """Pages that are whole, beside a log that says more of their articles: name, log, index of the line, and code.

    An article is published, changed, changed again; another is withdrawn, and a desk that did not know publishes it.
    """
    facts = [
        logs.fact(1),
        replace(logs.fact(2), article="urn:uuid:1", what="changed"),
        replace(logs.fact(3), article="urn:uuid:1", what="changed"),
        logs.fact(4),
        Fact("2026-11-20", "withdrawn", "urn:uuid:4"),
        replace(logs.fact(24), article="urn:uuid:4", what="changed"),
        logs.fact(25),
    ]
    made = logs.published_as(facts)
    codes = ("outdated", "outdated", "found", "gone", "found", "gone", "found")
    for index, code in enumerate(codes):
        fact = log.read(made.log.lines[index])
        said = {"article": fact.article.removeprefix("urn:uuid:"), "digest": fact.digest, "key": fact.key}
        yield made, index, None if fact.what == "withdrawn" else said, code


def test_an_old_page_is_not_what_the_log_beside_it_says_stands_now():
    for made, index, said, wanted in replayed():
        code, values = log_checks.of_page(made.page(index), said, made.keys, made.given)
        assert code == wanted, index
        assert verdicts.state("log", code) == ("good" if code == "found" else "bad")
        if code == "gone":
            assert "withdrawn on 2026-11-20" in verdicts.sentence("log", code, values)
        if code == "outdated":
            assert "changed on 2026-11-04" in verdicts.sentence("log", code, values)
        assert log_checks.of_page(made.page(index), said, made.keys)[0] in {"intact", "withdrawn"}


def test_a_page_of_an_article_without_a_proof_is_none_of_the_log_beside_it(made):
    for said, code in ((logs.statement(0), "unlogged"), (None, "unlogged"), ({}, "none")):
        assert log_checks.of_page("<p>x</p>", said, made.keys, made.given)[0] == code
        assert log_checks.of_page("<p>x</p>", said, made.keys)[0] == "none"
    assert verdicts.state("log", "unlogged") == "bad"


def test_a_page_s_proof_is_that_of_another_implementation(made):
    tree = InmemoryTree(algorithm="sha256")
    for line in made.log.lines:
        tree.append_entry(line.encode())
    for index, line in enumerate(made.log.lines):
        place = made.log.place(log.read(line)) if isinstance(log.read(line), log.Fact) else None
        if place and place[0] == index:
            proof = Proof.read(made.log.proof(index, place[1]).text)
            size = public_log.head_of(proof.note).size
            theirs = tree.prove_inclusion(index + 1, size).path
            assert list(proof.hashes) == theirs[1:], index
            assert public_log.head_of(proof.note).root == tree.get_root(size)


def test_every_alteration_of_the_log_is_noticed(made):
    altered = list(logs.altered_logs(made))
    assert len(altered) >= 100
    found = {name: log_checks.of_log(given, made.keys)[0] for name, given in altered}
    assert [name for name, code in found.items() if code == "intact"] == []
    assert set(found.values()) == {
        "line", "no_heads", "heads_unreadable", "head_unsigned", "head_origin", "head_order", "cut", "differs",
        "unsigned_lines", "newest", "joint",
    }  # fmt: skip


def test_every_alteration_of_a_page_s_proof_is_noticed(made):
    altered = list(logs.altered_pages(made))
    assert len(altered) >= 60
    found = {name: log_checks.of_page(text, said, made.keys)[0] for name, text, said in altered}
    assert [name for name, code in found.items() if code in {"intact", "none"}] == []
    assert set(found.values()) == {"unreadable", "unsigned", "unproved", "other_line"}


def test_a_size_that_the_newsroom_itself_signed_wrongly_shows_beside_the_log(made):
    """A proof alone does not tell every size from the next one: docs/trust.md."""
    line = made.log.lines[0]
    proof = made.log.proof(0, made.log.heads[0])
    head = public_log.head_of(proof.note)
    wrong = replace(proof, note=logs.signed(made, head.size + 1, head.root, made.ours))
    page = logs.page(line, wrong.text)
    assert log_checks.of_page(page, logs.statement(0), made.keys, made.given)[0] == "rewritten"


@given_by(st.data())
@settings(deadline=None, max_examples=examples(150))
def test_no_letter_of_a_log_or_its_heads_can_be_another(data):
    made = logs.published((2, 1))
    files = [made.given.text, made.given.heads]
    which = data.draw(st.integers(0, 1))
    at = data.draw(st.integers(0, len(files[which]) - 1))
    letter = data.draw(st.sampled_from('aZ09 \n\t"\\{}—+/=\u00e9') | st.just(""))
    altered = files[which][:at] + letter + files[which][at + 1 :]
    files[which] = altered
    code = log_checks.of_log(GivenLog(*files), made.keys)[0]
    is_same = (log.lines_of(files[0]), _read(files[1])) == (made.given.lines, made.log.heads)
    assert (code == "intact") == is_same


def _read(text):
    try:
        return log.read_heads(text)
    except ValueError:
        return None


def rewrites(made):
    """Logs that are whole in themselves, under heads by the newsroom's own keys, with another past: name, log, line."""
    lines, sizes = made.log.lines, made.log.sizes

    def signed(some, heads):
        tree = log.tree_of(some)
        return GivenLog(
            log.text_of(some),
            log.heads_text([logs.signed(made, size, tree.root(size), made.ours) for size in heads]),
        )

    for at in range(sizes[1]):
        yield f"line {at + 1} changed", signed(logs.rewritten(lines, at), sizes), at + 1
        left = [*lines[:at], *log.rechain(lines[at + 1 :], lines[at - 1] if at else "")]
        yield f"line {at + 1} dropped", signed(left, [len(left)]), at + 1
    yield "set back", signed(lines[: sizes[0]], sizes[:1]), 0
    yield "begun anew", signed(log.write_lines([logs.fact(50)], ""), [1]), 1
    yield "a second log", signed(log.write_lines([logs.fact(n) for n in range(60, 75)], ""), [15]), 1


def test_a_rewritten_past_a_set_back_log_and_a_second_one_are_told_by_an_older_head(made):
    """Signed by the newsroom itself: only whoever kept something can know."""
    size = made.log.sizes[1]
    note, kept = made.log.heads[1], logs.hints(made.log.lines[:size])
    for name, other, line in rewrites(made):
        # Cut within another log that it says it joined, it is not whole in itself, either.
        assert log_checks.of_log(other, made.keys)[0] in {"intact", "joint"}, name
        code, values = log_checks.since(other, note, made.keys, kept)
        if line:
            assert (code, values["number"]) == ("rewritten_at", str(line)), name
        else:
            assert code == "shorter", name
        assert log_checks.since(other, note, made.keys)[0] in {"rewritten", "shorter"}, name


def test_a_page_is_not_in_a_log_with_another_past(made):
    last = made.log.sizes[1] - 1
    page, said = made.page(last), logs.statement(last)
    for name, other, _ in rewrites(made):
        assert log_checks.of_page(page, said, made.keys, other)[0] in {"rewritten", "shorter"}, name


def test_a_log_that_grew_holds_all_it_was(made):
    for note, size in zip(made.log.heads, made.log.sizes, strict=True):
        code, values = log_checks.since(made.given, note, made.keys)
        more = made.log.size - size
        assert (code, values["more"]) == ("grown" if more else "same", str(more))
    stranger = logs.signed(made, 1, b"x" * 32, made.stranger)
    assert log_checks.since(made.given, stranger, made.keys)[0] == "unsigned"
    elsewhere = logs.signed(made, 1, b"x" * 32, made.ours, origin="other.example")
    assert log_checks.since(made.given, elsewhere, made.keys)[0] == "other"


def test_who_saw_the_log_that_was_joined_is_told_so(made):
    number = next(at for at, line in enumerate(made.log.lines, 1) if '"joined"' in line)
    joined = log.read(made.log.lines[number - 1])
    other = made.log.lines[: joined.since]
    other += log.rechain(made.log.lines[number : number + joined.size - joined.since], other[-1])
    head = logs.signed(made, joined.size, log.tree_of(other).root(), made.other)
    code, values = log_checks.since(made.given, head, made.keys, logs.hints(other))
    assert (code, values["number"]) == ("joined", str(number))


@needs_node
def test_the_reader_s_script_comes_to_the_same_verdicts(made, tmp_path):
    size = made.log.sizes[1]
    note, kept = made.log.heads[1], logs.hints(made.log.lines[:size])
    others = [other for _, other, _ in rewrites(made)]
    again = list(replayed())
    asked_logs = [
        (made.given, note, kept),
        *((given, None, []) for _, given in logs.altered_logs(made)),
        *((given, note, kept) for given in others),
        *((given, note, []) for given in others),
        *((made.given, one, []) for one in (*made.log.heads, "", note[:-1], note.replace("signed", "Signed"))),
    ]
    asked_pages = [
        *((made.page(index), logs.statement(index), one) for index in (0, 3, 7) for one in (None, made.given)),
        *((made.page(made.log.size - 1), None, one) for one in (None, made.given)),
        *((text, said, None) for _, text, said in logs.altered_pages(made)),
        *((made.page(size - 1), logs.statement(size - 1), other) for other in others),
        *(("<p>nothing</p>", said, one) for said in ({}, None, logs.statement(0)) for one in (None, made.given)),
    ]
    found = logs.in_node(made, asked_pages, asked_logs, tmp_path)
    for (text, said, given), theirs in zip(asked_pages, found["pages"], strict=True):
        code, values = log_checks.of_page(text, said, made.keys, given)
        assert (code, values) == (theirs["code"], theirs["values"]), text
    for other in {id(one): one for one, *_ in again}.values():
        pages = [(other.page(index), said, other.given) for _, index, said, _ in again]
        theirs = logs.in_node(other, pages, [], tmp_path)["pages"]
        ours = [log_checks.of_page(text, said, other.keys, given) for text, said, given in pages]
        assert ours == [(one["code"], one["values"]) for one in theirs]
    for (given, older, hints), (whole, since) in zip(asked_logs, found["logs"], strict=True):
        code, values = log_checks.of_log(given, made.keys)
        assert (code, values) == (whole["code"], whole["values"]), given
        if older is not None:
            code, values = log_checks.since(given, older, made.keys, hints)
            assert (code, values) == (since["code"], since["values"]), older


def test_files_that_say_nothing_are_no_log(made):
    assert log_checks.of_log(replace(made.given, text=""), made.keys)[0] == "cut"
    assert log_checks.of_log(GivenLog("", ""), made.keys)[0] == "no_heads"
