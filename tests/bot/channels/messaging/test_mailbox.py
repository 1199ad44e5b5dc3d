"""Whom the mailbox's password is shown."""

import asyncio
import ssl
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.channels.messaging.mail.mailbox import Mailbox, MailboxError
from tests.bot.channels.messaging.fake_mail import fake_mail
from tests.bot.channels.messaging.fake_platform import fake_platform

pytestmark = pytest.mark.asyncio


def self_signed(name: str) -> bytes:
    """A certificate that only itself vouches for, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(timezone.utc)
    builder = x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_password_goes_to_nobody_who_only_says_that_he_is_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    certificate = tmp_path / "server.pem"
    certificate.write_bytes(self_signed("localhost"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with fake_platform() as fake, fake_mail(fake) as mail:
        server = await asyncio.start_server(mail.imap, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        mailbox = Mailbox.at(f"imaps://shop:secret@localhost:{port}")
        if is_known:
            await asyncio.to_thread(mailbox.check)
        else:
            with pytest.raises(MailboxError, match="certificate"):
                await asyncio.to_thread(mailbox.check)
        server.close()
        assert mail.logins == is_known


async def test_a_password_does_not_go_in_the_clear() -> None:
    async with fake_platform() as fake, fake_mail(fake) as mail:
        # The same machine, by a name that does not say so.
        server = await asyncio.start_server(mail.imap, "127.0.0.2", 0)
        port = server.sockets[0].getsockname()[1]
        mailbox = Mailbox.at(f"imap://shop:secret@127.0.0.2:{port}")
        with pytest.raises(MailboxError, match="no TLS"):
            await asyncio.to_thread(mailbox.check)
        server.close()
        assert mail.logins == 0
