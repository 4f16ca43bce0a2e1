"""Certificates for invented hosts, from an issuer of our own, made when a test asks for them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Issuer:
    """An issuer of certificates that nobody but `trusting` trusts. Files are written to `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = generate_private_key(SECP256R1())
        self._name = _named("Invented Issuer")
        own = self._issued(self._name, self._key, days=30, extension=x509.BasicConstraints(True, None))
        self._own = own.public_bytes(Encoding.PEM).decode()

    def trusting(self) -> ssl.SSLContext:
        """What a client that trusts this issuer uses."""
        return ssl.create_default_context(cadata=self._own)

    def serving(self, host: str, days: int = 30) -> ssl.SSLContext:
        """What a server uses that is `host`; its certificate, good for 90 days, ends in so many."""
        key = generate_private_key(SECP256R1())
        certificate = self._issued(_named(host), key, days, x509.SubjectAlternativeName([x509.DNSName(host)]))
        file = self._folder / f"{host}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _issued(
        self, subject: x509.Name, key: EllipticCurvePrivateKey, days: int, extension: x509.ExtensionType
    ) -> x509.Certificate:
        until = datetime.now(UTC) + timedelta(days=days)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(until - timedelta(days=90))
            .not_valid_after(until)
            .add_extension(extension, critical=True)
            .sign(self._key, SHA256())
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
