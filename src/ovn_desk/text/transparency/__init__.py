"""A log that can only grow, and proofs of it: Merkle trees (RFC 6962), signed notes and checkpoints (C2SP)."""

from ovn_desk.text.transparency.checkpoint import Checkpoint
from ovn_desk.text.transparency.note import Note, Verifier, key_line, note_key_id, open_note, sign_note
from ovn_desk.text.transparency.proof import Proof

__all__ = ["Checkpoint", "Note", "Proof", "Verifier", "key_line", "note_key_id", "open_note", "sign_note"]
