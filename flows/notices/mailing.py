"""A notice by mail, over TLS unless the server is on this machine."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Final

from flows.endpoints import is_loopback
from flows.notices.errors import NotDeliveredError, TargetRefusedError
from flows.notices.notice import Notice
from flows.settings import Settings

SECONDS: Final = 20.0


def mail(notice: Notice, settings: Settings) -> None:
    """Deliver it. Raises `TargetRefusedError` or `NotDeliveredError`."""
    host = settings.notice_mail_host or ""
    if settings.notice_mail_tls == "none" and not (is_loopback(host) or settings.trust_network):
        what = "TIDEWAITER_NOTICE_MAIL_TLS: none goes to a server on this machine alone"
        raise TargetRefusedError(f"{what}. Set starttls or tls")
    try:
        with _opened(host, settings) as server:
            if settings.notice_mail_tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.notice_mail_user and settings.notice_mail_password:
                server.login(settings.notice_mail_user, settings.notice_mail_password.get_secret_value())
            server.send_message(_message_of(notice, settings))
    except UnicodeError as error:
        what = "TIDEWAITER_NOTICE_MAIL_HOST, _USER or _PASSWORD: is none that a mail server can have"
        raise TargetRefusedError(f"{what}. Write it in ASCII, without empty parts") from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotDeliveredError(f"TIDEWAITER_NOTICE_MAIL_HOST: {type(error).__name__}. It is tried again") from error


def _message_of(notice: Notice, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = notice.subject
    message["From"] = settings.notice_mail_from or ""
    message["To"] = ", ".join(settings.notice_mail_to)
    message["Message-ID"] = make_msgid(notice.id, "tidewaiter.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message["X-Tidewaiter-Notice"] = notice.id
    message.set_content(notice.text)
    return message


def _opened(host: str, settings: Settings) -> smtplib.SMTP:
    """Connected; under TLS from the first byte where the settings say `tls`."""
    port = settings.notice_mail_port
    if settings.notice_mail_tls == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=SECONDS)
