"""Messages by e-mail, through the server that mail.toml in the archive's folder names."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated

import msgspec

from stemma.errors import BadValue
from stemma.sending.webhook import NotSent
from stemma.show.notices.forms import Message, subject, text

SETTINGS = "mail.toml"
_PATIENCE = 30.0  #: seconds for each step
_SUBMISSION = 587  #: RFC 6409


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """What mail.toml holds."""

    host: str
    sender: str  #: from whom the messages come
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = _SUBMISSION
    user: str = ""
    password: str = ""
    starttls: bool = True  #: False only for a server on this machine


def post(folder: Path, target: str, message: Message) -> None:
    """Send a message. Raises ``BadValue`` for settings that are missing or wrong, ``NotSent``."""
    settings = read_settings(folder)
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=_PATIENCE) as server:
            if settings.starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(letter(settings, target, message))
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(f"{settings.host} did not take the message ({error})") from error


def read_settings(folder: Path) -> Settings:
    """The settings of an archive's folder. Raises ``BadValue``."""
    file = folder / SETTINGS
    wanted = 'host = "mail.example", sender = "desk@orvo.example", and where needed port, user, password, starttls'
    if not file.is_file():
        raise BadValue("mail", str(file), f"a file with {wanted}")
    try:
        settings = msgspec.toml.decode(file.read_bytes(), type=Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadValue("mail", str(file), f"{wanted} ({error})") from None
    if not settings.starttls and (settings.user or settings.host not in {"localhost", "127.0.0.1", "::1"}):
        raise BadValue("mail", str(file), "starttls, but for a server on this machine without a password")
    return settings


def letter(settings: Settings, target: str, message: Message) -> EmailMessage:
    """A message as e-mail; its ``Message-ID`` is the same for every try."""
    built = EmailMessage()
    built["From"] = Address(addr_spec=settings.sender)
    built["To"] = Address(addr_spec=target)
    built["Subject"] = subject(message)
    built["Message-ID"] = f"<{message.key}@stemma.invalid>"
    built["Auto-Submitted"] = "auto-generated"  # RFC 3834: no robot answers it
    built.set_content(text(message))
    return built
