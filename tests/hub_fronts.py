"""What may stand where a hub should be: real lines with real certificates before a real PostgreSQL, or before none."""

import contextlib
import select
import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"
_SSL_REQUEST = (80877103).to_bytes(4, "big")


class Certificate:
    """A certificate and its key as files; signed by itself, or by another one."""

    def __init__(self, folder, name="server", *, names=(HERE,), days=(-1, 30), signed_by=None, is_authority=False):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = signed_by or self
        now = datetime.now(UTC)
        listed = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(issuer.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.SubjectAlternativeName(listed), critical=False)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .sign(issuer.key, SHA256())
        )
        self.path, self.key_path = folder / f"{name}.crt", folder / f"{name}.key"
        self.path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        secret = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.key_path.write_bytes(secret)

    @property
    def number(self):
        return self.certificate.fingerprint(SHA256()).hex(":").upper()

    @property
    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key_path)
        return context


@contextmanager
def front(socket_folder="", *, certificate=None, answer=b"N"):
    """The port of a server that answers for encryption as told, and passes on to the PostgreSQL at a socket's folder.

    `answer` may be what no PostgreSQL says, or nothing at all: then it is silent.
    """

    class Line(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                first = self.request.recv(8)
                if first[4:] == _SSL_REQUEST:
                    if not answer:
                        self.request.recv(1)
                        return
                    self.request.sendall(b"S" if certificate else answer)
                    if answer != b"N":
                        return
                    first = b""
                line = certificate.context.wrap_socket(self.request, server_side=True) if certificate else self.request
                with line, socket.socket(socket.AF_UNIX) as there:
                    there.connect(f"{socket_folder}/.s.PGSQL.5432")
                    there.sendall(first)
                    _pass_on(line, there)

    with socketserver.ThreadingTCPServer((HERE, 0), Line) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def _pass_on(line, there):
    """Both ways, in one thread: a TLS line is not made for two."""
    while True:
        has_more = isinstance(line, ssl.SSLSocket) and line.pending()
        for one in [line] if has_more else select.select([line, there], [], [])[0]:
            data = one.recv(65536)
            if not data:
                return
            (there if one is line else line).sendall(data)
