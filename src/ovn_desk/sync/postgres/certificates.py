"""The certificate of a hub: what it says, who stands for it, and how one is trusted by hand."""

import os
import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import URL

from ovn_desk import files
from ovn_desk.domain.errors import DeskError
from ovn_desk.messages import Message
from ovn_desk.sync.postgres import faults, lines
from ovn_desk.sync.postgres.addresses import SYSTEM
from ovn_desk.sync.postgres.lines import GoOn
from ovn_desk.text import foreign

_UNKNOWN, _OTHER_NAME, _CHANGED = "hub-certificate-unknown", "hub-certificate-other-name", "hub-certificate-changed"
_FILE_MISSING = "hub-certificate-file-missing"
_OF_OWN_AUTHORITY = "hub-certificate-of-own-authority"
_BY_NUMBER = {  # OpenSSL's X509_V_ERR_…
    9: "hub-certificate-early",
    10: "hub-certificate-expired",
    **dict.fromkeys((18, 19, 20, 21), _UNKNOWN),
    **dict.fromkeys((62, 64), _OTHER_NAME),
}
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows: the names it is for, its SHA-256 in pairs of hex digits, and the time it is good.

    `problem` says why the authorities that were asked do not stand for it; none where they do.
    """

    names: tuple[str, ...]
    fingerprint: str
    begins: datetime
    ends: datetime
    is_self_signed: bool
    pem: str
    problem: Message | None = None


def read(url: URL, *, go_on: GoOn) -> Certificate:
    """The certificate that the server shows, checked as its address says, or else as a browser would.

    Raises DeskError where there is no server, no encryption, or what the address names is no certificate.
    """
    with lines.encrypted_line(url, _believing_context(), go_on=go_on) as line:
        data = line.getpeercert(binary_form=True) or b""
    found = x509.load_der_x509_certificate(data)
    shown = Certificate(
        _names(found),
        found.fingerprint(SHA256()).hex(":").upper(),
        found.not_valid_before_utc,
        found.not_valid_after_utc,
        _is_self_signed(found),
        found.public_bytes(Encoding.PEM).decode(),
    )
    try:
        context = _checking_context(url)
    except DeskError as error:  # the file is on another computer: what is shown now can be compared and trusted anew
        if error.code != _FILE_MISSING:
            raise
        return replace(shown, problem=error.message)
    try:
        with lines.encrypted_line(url, context, go_on=go_on):
            return shown
    except ssl.SSLCertVerificationError as error:
        return _with_problem(shown, url, error.verify_code)


def authorities() -> str:
    """The file of the authorities that this computer trusts: its own, or else those that Mozilla does."""
    own = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    return own if own and Path(own).exists() else certifi.where()


def number_of(file: Path) -> str:
    """The SHA-256 of the first certificate in a file, as `Certificate.fingerprint`; raises DeskError without one."""
    data = foreign.read_bytes(file, most=_LARGEST)
    with foreign.reading(file.name, "hub-certificate-file-wrong", also=(ValueError,)):
        return x509.load_pem_x509_certificates(data)[0].fingerprint(SHA256()).hex(":").upper()


def trust(certificate: Certificate, store: Path) -> str:
    """Keeps a certificate that was compared by hand beside the store; returns the path, for the hub's address."""
    return _keep(certificate.pem.encode(), store)


def trust_file(file: Path, store: Path) -> str:
    """Keeps the certificates in a file that the hub's owner handed over; raises DeskError for another file."""
    data = foreign.read_bytes(file, most=_LARGEST)
    with foreign.reading(file.name, "hub-certificate-file-wrong", also=(ValueError,)):
        x509.load_pem_x509_certificates(data)
    return _keep(data, store)


def _keep(pem: bytes, store: Path) -> str:
    path = store.with_name(f"{store.stem}-hub.crt")
    try:
        files.write(path, pem)
    except OSError as error:
        raise DeskError("hub-certificate-not-kept", folder=path.parent, reason=files.reason(error)) from error
    return str(path)


def _believing_context() -> ssl.SSLContext:
    """Takes any certificate: nothing is said on such a line, it is only looked at."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _checking_context(url: URL) -> ssl.SSLContext:
    """Checks what PostgreSQL's library checks for this address; without a check in it, what `verify-full` does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = url.query.get("sslmode") != "verify-ca"
    named = url.query.get("sslrootcert", SYSTEM)
    path = authorities() if named == SYSTEM else str(named)
    try:
        context.load_verify_locations(cafile=path)
    except FileNotFoundError as error:
        raise DeskError(faults.message(_FILE_MISSING, url)) from error
    except (OSError, ssl.SSLError) as error:
        raise DeskError("hub-certificate-file-wrong", name=path) from error
    return context


def _with_problem(shown: Certificate, url: URL, number: int) -> Certificate:
    code = _BY_NUMBER.get(number, "hub-certificate-refused")
    if code == _UNKNOWN and url.query.get("sslrootcert", SYSTEM) != SYSTEM:
        code = _CHANGED
    elif code == _UNKNOWN and not shown.is_self_signed:
        code = _OF_OWN_AUTHORITY
    problem = faults.message(
        code,
        url,
        names=shown.names or ("?",),
        begins=shown.begins.astimezone(UTC).date().isoformat(),
        ends=shown.ends.astimezone(UTC).date().isoformat(),
    )
    return replace(shown, problem=problem)


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        common = found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return tuple(str(one.value) for one in common)
    return (
        *listed.get_values_for_type(x509.DNSName),
        *(str(one) for one in listed.get_values_for_type(x509.IPAddress)),
    )


def _is_self_signed(found: x509.Certificate) -> bool:
    try:
        found.verify_directly_issued_by(found)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
