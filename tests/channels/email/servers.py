"""Postfix and Dovecot as Debian has them, in folders of their own and on ports that are free."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.command_line.installation import wait_until

CITIZENS, OURS = "vecinos.pe", "muni.pe"
MAILBOX, PASSWORD = "buzon", "clave"

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.{ours}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
recipient_delimiter = +
# What comes for the municipality is handed over; one hour of patience is a second in a test.
relay_domains = {ours}
transport_maps = inline:{{ {ours}=lmtp:inet:127.0.0.1:{lmtp} }}
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
# The mailboxes of citizens are folders; «nadie» has none, so that mail to them comes back.
virtual_mailbox_domains = {citizens}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ elvira@{citizens}=elvira/, ana@{citizens}=ana/ }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
smtpd_discard_ehlo_keywords = chunking
"""
_MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""
_NOBODY = 65534


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def postfix(*, lmtp: int) -> Iterator[tuple[int, Path]]:
    """Run a Postfix that hands the mail of OURS over to ``lmtp``; give its port, and the folder of the mailboxes."""
    port = free_port()
    with _folder() as folder:
        for name in ("conf", "queue", "data", "mail"):
            (folder / name).mkdir()
        (folder / "mail").chmod(0o777)
        given = {"folder": folder, "ours": OURS, "citizens": CITIZENS, "lmtp": lmtp, "smtp": port, "uid": _NOBODY}
        (folder / "conf" / "main.cf").write_text(_MAIN.format(**given))
        (folder / "conf" / "master.cf").write_text(_MASTER.format(**given))
        subprocess.run(["chown", "postfix", folder / "data"], check=True)
        command = ["postfix", "-c", str(folder / "conf")]
        subprocess.run([*command, "start"], check=True, capture_output=True)
        try:
            wait_until(lambda: _answers(port))
            yield port, folder / "mail"
        finally:
            subprocess.run([*command, "stop"], check=False, capture_output=True)


@contextmanager
def dovecot() -> Iterator[int]:
    """Run a Dovecot in which everybody has a mailbox under PASSWORD; give its port."""
    port = free_port()
    with _folder() as folder:
        (folder / "mail").mkdir()
        (folder / "mail").chmod(0o777)
        conf = folder / "dovecot.conf"
        conf.write_text(_DOVECOT.format(folder=folder, port=port, password=PASSWORD, uid=_NOBODY))
        process = subprocess.Popen(["dovecot", "-F", "-c", conf])
        try:
            wait_until(lambda: _answers(port))
            yield port
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mail-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as asked:
        return bool(asked.recv(1))
    return False
