"""A certificate and its key, made for one test."""

from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID


def papers(folder: Path, name: str = "hotline", password: str = "") -> dict[str, str]:
    """For 127.0.0.1, signed by itself; as `[scaip.tls]` names them."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    seal = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    first, second = folder / f"{name}.pem", folder / f"{name}.key"
    first.write_bytes(certificate.public_bytes(Encoding.PEM))
    second.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, seal))
    return {"certificate": str(first), "key": str(second)}
