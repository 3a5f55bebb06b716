"""Signed notes against those that Go's own implementation publishes in its documentation, and hostile ones."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ovn_desk.domain.errors import DeskError
from ovn_desk.text.transparency import Checkpoint, Verifier, key_line, open_note, sign_note

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
SIGNED = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n"
OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def verifier(name, public):
    def is_valid(message, signature):
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return Verifier(name, public, is_valid)


def published(line):
    name, _, coded = line.split("+", 2)
    return verifier(name, base64.b64decode(coded)[1:])


PUBLIC = OWN.public_key().public_bytes_raw()
NAME = "post.example/log"
KEY = verifier(NAME, PUBLIC)


def test_a_published_key_and_note_are_read_as_their_makers_do():
    peter = published(PETER)
    assert key_line(peter.name, peter.public) == PETER
    opened = open_note(SIGNED, [peter])
    assert (opened.text, opened.signed_by) == (TEXT, (peter,))


def test_what_is_signed_is_opened():
    note = sign_note("one\n\ntwo\n", NAME, PUBLIC, OWN.sign)
    assert open_note(note, [published(PETER), KEY]).text == "one\n\ntwo\n"


@pytest.mark.parametrize("at", range(0, 300, 7))
def test_no_letter_of_a_note_can_be_changed(at):
    note = sign_note("The water board met.\n" * 6, NAME, PUBLIC, OWN.sign)
    other = note[: at % len(note)] + "~" + note[at % len(note) + 1 :]
    with pytest.raises(DeskError):
        open_note(other, [KEY])


def test_a_stranger_s_signature_is_passed_over_and_a_known_one_that_is_wrong_is_not():
    note = sign_note("text\n", NAME, PUBLIC, OWN.sign)
    stranger = "— somebody.example " + base64.b64encode(b"abcd" + b"x" * 64).decode() + "\n"
    assert open_note(note + stranger, [KEY]).signed_by == (KEY,)
    forged = "— " + NAME + " " + base64.b64encode(KEY.id + b"x" * 64).decode() + "\n"
    with pytest.raises(DeskError, match="does not match"):
        open_note(f"text\n\n{forged}", [KEY])
    with pytest.raises(DeskError, match="none of the known"):
        open_note(note, [published(PETER)])


NO_NOTES = [
    "",
    "\n",
    "text\n",
    "text\n\n",
    "text\n\nno signature\n",
    "text\n\n— name\n",
    "text\n\n— name !!!\n",
    "a\x00b\n\n— x eHh4eHh4\n",
    "text\n\n" + "— name eHh4eHh4eHh4\n" * 65,
    "x" * 1_000_001,
    SIGNED[:-1],
    SIGNED + "\n",
    SIGNED.replace("\n", "\r\n"),
]


@pytest.mark.parametrize("note", NO_NOTES, ids=range(len(NO_NOTES)))
def test_what_is_no_note_is_refused_in_words(note):
    with pytest.raises(DeskError):
        open_note(note, [published(PETER)])


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nend", "tab\t", "\u2003"])
def test_a_name_that_can_not_be_told_from_the_rest_is_refused(name):
    with pytest.raises(ValueError, match="name a key"):
        sign_note("text\n", name, PUBLIC, OWN.sign)


def test_the_checkpoint_of_the_specification_is_read_and_written_to_the_letter():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = Checkpoint.read(text)
    assert (found.origin, found.size, len(found.root)) == ("example.com/behind-the-sofa", 20852163, 32)
    assert found.text == text
    assert Checkpoint.read(text + "an extension\n") == found


@pytest.mark.parametrize("size", ["", "-1", "+1", "01", "1.0", "٣", "1 ", "9" * 30])
def test_a_size_that_is_no_number_is_refused(size):
    with pytest.raises(DeskError, match="not the checkpoint"):
        Checkpoint.read(f"origin\n{size}\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")


@pytest.mark.parametrize(
    "text", ["", "origin\n1\n", "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "origin\n1\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(DeskError, match="not the checkpoint"):
        Checkpoint.read(text)
