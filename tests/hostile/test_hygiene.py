"""What a process that holds keys leaves behind: nothing of its content, anywhere but in the vault."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cport_desktop.cli.gateway_process import running_gateway
from cport_desktop.domain.progress import never
from cport_desktop.exports.documents import CHILD, DocumentMaker
from cport_desktop.exports.records import package_record
from cport_desktop.exports.summary import summary
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.vault import header_files
from cport_desktop.vault.connections import Writer
from cport_desktop.vault.key_slots import open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.slot_passphrase import Passphrase
from tests.builders import a_clock, a_vault
from tests.cli.conftest import Cport, Demo
from tests.exports.synthetic import RESOURCES, package_content, taxonomy
from tests.hostile.traced_files import run_traced
from tests.media.samples import jpeg

ROOT = Path(__file__).parents[2]
CANARY = "canaryofbenigncontent"
NOBODY = 65534


def spellings(text: str) -> Iterator[bytes]:
    """How a text may lie in a file."""
    for encoded in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield encoded
        yield encoded.hex().encode()
        # Base64 of a text in the middle of others: all three ways in which it may be cut.
        for lead in range(3):
            middle = base64.b64encode(b"x" * lead + encoded)
            yield middle[4 : len(middle) - 4]


def found_in(texts: Iterable[str], content: bytes) -> list[str]:
    folded = content.lower()
    return [
        text
        for text in texts
        if any(spelling in content or spelling.lower() in folded for spelling in spellings(text))
    ]


def files_under(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A finished demo of this room's own: it is changed."""
    folder, home = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("home")
    ran = Cport(home)("--json", "demo", "--headless", "--reports", "24", "--keep", folder)
    assert ran.status == 0, ran.out + ran.err
    cport = Cport(home, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")
    return Demo(folder, cport, ran.json)


# Bugs and errors ------------------------------------------------------------------------------


@pytest.fixture
def broken(demo: Demo, tmp_path: Path) -> Cport:
    """A copy of the demo in which somebody wrote a canary where no text can be."""
    subprocess.run(["cp", "-a", demo.folder / "vault", tmp_path / "vault"], check=True)
    passphrase = (demo.folder / "passphrase.txt").read_text().strip()
    (tmp_path / "passphrase.txt").write_text(passphrase)
    write_into(tmp_path / "vault", passphrase.encode())
    return Cport(tmp_path, vault=tmp_path / "vault", passphrase_file=tmp_path / "passphrase.txt")


def write_into(vault: Path, passphrase: bytes) -> None:
    """`CANARY` stands for the state of every media item, and for every report's document."""
    key = database_key_of(vault, passphrase)
    writer = Writer(vault / "vault.db", key, clock=a_clock())
    with writer.bookkeeping() as books:
        books.execute("UPDATE media_item SET facts = ?", (CANARY,))
        books.execute("UPDATE report_document SET document = ?", (CANARY.encode(),))
    writer.close()


def database_key_of(vault: Path, passphrase: bytes) -> bytes:
    newest = header_files.read(Layout(vault)).headers[0]
    return open_header(newest, Passphrase(passphrase)).keys.database


def test_a_bug_tells_where_it_happened_and_nothing_of_what_it_worked_on(
    broken: Cport, demo: Demo
) -> None:
    media = demo.cport("--json", "media", "list", "--limit", "1").json["items"][0]["id"]
    report = demo.cport("--json", "reports", "--limit", "1").json["items"][0]["id"]
    for arguments in (("media", "show", media), ("report", "show", report)):
        for more in ((), ("--json",)):
            ran = broken(*more, *arguments)
            assert ran.status == 1, ran.out + ran.err
            assert "Traceback" not in ran.err
            assert CANARY not in ran.out + ran.err
    records = list(files_under(broken.home / ".local"))
    assert any("Error" in record.read_text() for record in records)
    for record in records:
        assert not found_in([CANARY, media, report], record.read_bytes()), record
        assert stat.S_IMODE(record.stat().st_mode) == 0o600
        assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700


def test_a_damaged_page_is_told_by_us_and_not_by_the_database_library(broken: Cport) -> None:
    database = broken.home / "vault" / "vault.db"
    with database.open("r+b") as file:
        for page in range(2, database.stat().st_size // 4096):
            file.seek(page * 4096 + 100)
            file.write(b"\x00" * 8)
    ran = broken("--json", "reports")
    assert ran.status == 4
    assert ran.json["error"]["code"] == "vault.damaged"
    assert ran.err == ""


LOGGING = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, filename=sys.argv.pop(1))
logging.getLogger("listener").debug("listening")
import cport_desktop.__main__
sys.exit(cport_desktop.__main__.main())
"""


def test_whatever_listens_to_the_log_hears_no_content(tmp_path: Path) -> None:
    """Every logger of every library at its most talkative, over the whole main job."""
    log = tmp_path / "log.txt"
    done = subprocess.run(
        [sys.executable, "-c", LOGGING, log, "--json", "demo", "--headless", "--reports", "12",
         "--keep", tmp_path / "demo"],
        env=Cport(tmp_path).environment(), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    demo = Cport(
        tmp_path, vault=tmp_path / "demo/vault", passphrase_file=tmp_path / "demo/passphrase.txt"
    )
    assert b"listening" in log.read_bytes()
    assert not found_in(canaries_of(demo), log.read_bytes())


def canaries_of(cport: Cport) -> list[str]:
    """What must lie nowhere in the clear: addresses, hosts, memos, names, digests, passphrase."""
    reports = cport("--json", "reports", "--limit", "60").json["items"]
    media = cport("--json", "media", "list", "--limit", "60").json["items"]
    assert cport.passphrase_file is not None
    found = {item[name] for item in reports for name in ("url", "host")}
    found |= {item["portal"]["memo"] for item in reports}
    found |= {item["file_name"] for item in media} | {item["announced_sha256"] for item in media}
    found.add(cport.passphrase_file.read_text().strip())
    longer = [text for text in found if text and len(text) >= 8]
    assert len(longer) >= 50
    return longer


# Files ----------------------------------------------------------------------------------------


def is_of_a_process(path: Path) -> bool:
    """What the kernel keeps of a process: its own, or who is who in namespaces that it makes."""
    of_whom = path.parts[2] if path.is_relative_to("/proc") and len(path.parts) > 2 else ""
    maps = {"uid_map", "gid_map", "setgroups"}
    return of_whom == "self" or (of_whom.isdigit() and path.name in maps)


def test_nothing_is_written_but_where_it_was_asked_for(tmp_path: Path) -> None:
    """The whole main job with every process of it, watched at the border of the kernel."""
    home, asked, scratch = (tmp_path / name for name in ("home", "asked", "scratch"))
    for folder in (home, scratch):
        folder.mkdir()
    environment = Cport(
        home, more={"TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}
    ).environment()
    command = [sys.executable, "-m", "cport_desktop", "--json", "demo", "--headless"]
    traced = run_traced(
        [*command, "--reports", "12", "--keep", asked],
        environment=environment,
        log=tmp_path / "strace.txt",
        cwd=ROOT,
    )
    assert traced.status == 0, traced.out + traced.err
    state = home / ".local" / "state" / "cport-desktop"
    own = {home / ".local", home / ".local" / "state", state}
    strays = {
        path
        for path in traced.written
        if not path.is_relative_to(asked)
        and not path.is_relative_to(state)
        and path not in own
        and not is_of_a_process(path)
    }
    assert strays == set()
    assert len(traced.written) > 50
    assert list(scratch.iterdir()) == []
    for path in (asked, *asked.rglob("*"), *home.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, f"{path} is open to others"


def test_looking_at_the_machine_leaves_nothing_on_it(tmp_path: Path) -> None:
    """Doctor touches every library that there is, the desktop's keyring too; and it tries to get out of
    the confined decoder, there by names in a folder that no machine has.
    """
    for folder in ("home", "scratch"):
        (tmp_path / folder).mkdir()
    more = {"TMPDIR": str(tmp_path / "scratch"), "PYTHONDONTWRITEBYTECODE": "1"}
    traced = run_traced(
        [sys.executable, "-m", "cport_desktop", "--json", "doctor"],
        environment=Cport(tmp_path / "home", more=more).environment(),
        log=tmp_path / "strace.txt",
        cwd=ROOT,
    )
    assert traced.status in {0, 7}, traced.err
    strays = {path for path in traced.written if not path.is_relative_to("/nonexistent")}
    assert {path for path in strays if not is_of_a_process(path)} == set()


# Processes ------------------------------------------------------------------------------------

AS_SOMEBODY = """
import os, ctypes, resource, sys
import cport_desktop.__main__, cport_desktop.cli.entry
os.setgroups([]); os.setgid({nobody}); os.setuid({nobody})
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE, which a change of user takes away
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
print("ready", flush=True)
if {is_ours}:
    sys.exit(cport_desktop.__main__.main())
sys.stdin.read()
"""


def looked_at(*, is_ours: bool) -> tuple[bool, str]:
    """Whether another process of the same ordinary user opens the memory of one of ours that
    waits for a passphrase; and its limit of core dumps.
    """
    ours, other = os.pipe()
    program = AS_SOMEBODY.format(nobody=NOBODY, is_ours=is_ours)
    arguments = ["--vault", "/nowhere", "--passphrase-fd", str(ours), "vault", "status"]
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[ours],
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        wait_until_it_waits(process.pid)
        look = subprocess.run(
            ["sh", "-c", f": < /proc/{process.pid}/mem"],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    finally:
        process.kill()
        process.communicate()
        os.close(ours)
        os.close(other)
    (core,) = [line for line in limits.splitlines() if "core file" in line]
    return look.returncode == 0, core.split()[4]


def wait_until_it_waits(pid: int) -> None:
    """The process sleeps in `read`, three times in a row."""
    calm = 0
    for _ in range(500):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        calm = calm + 1 if state == "S" else 0
        if calm == 3:
            return
        time.sleep(0.05)
    raise AssertionError("it never came to rest")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_process_of_the_same_user_cannot_read_our_memory() -> None:
    assert looked_at(is_ours=False) == (True, "unlimited"), "the test sees nothing"
    assert looked_at(is_ours=True) == (False, "0")


@pytest.fixture
def secret_environment(monkeypatch: pytest.MonkeyPatch) -> str:
    """An environment that knows where the passphrase is, and more that is nobody's business."""
    monkeypatch.setenv("CPORT_PASSPHRASE_FILE", f"/nowhere/{CANARY}")
    monkeypatch.setenv("CPORT_VAULT", f"/nowhere/{CANARY}")
    return CANARY


def descendants(pid: int) -> Iterator[int]:
    """Its children and theirs; threads and processes may end while this looks."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        children: list[int] = []
        with suppress(FileNotFoundError, ProcessLookupError):
            children = [int(child) for child in (task / "children").read_text().split()]
        for child in children:
            yield child
            yield from descendants(child)


def told_to(pid: int) -> bytes:
    """Environment and arguments of a process."""
    folder = Path(f"/proc/{pid}")
    return (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()


def open_files(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}


def test_children_are_told_nothing_and_inherit_no_file_of_the_vault(
    secret_environment: str, tmp_path: Path
) -> None:
    before = set(descendants(os.getpid()))
    told: dict[int, bytes] = {}
    held: dict[int, set[str]] = {}

    is_over = threading.Event()

    def look() -> None:
        """Again and again: a child that sets a document lives for a moment."""
        while not is_over.wait(0.001):
            for child in set(descendants(os.getpid())) - before:
                with suppress(FileNotFoundError, ProcessLookupError):
                    # The last look counts: before its own program runs, a child is a copy of us.
                    if seen := told_to(child):  # One that has ended says nothing any more.
                        told[child], held[child] = seen, open_files(child)

    picture, content = jpeg(), package_content()
    record = package_record(content, [], taxonomy())
    watcher = threading.Thread(target=look)
    watcher.start()
    with a_vault(tmp_path / "vault"), running_gateway(tmp_path / "gateway", reports=5):
        sandbox, documents = ProcessSandbox(children=1), DocumentMaker(resources=RESOURCES)
        try:
            assert sandbox.examine([picture], size=len(picture)).cannot_show is None
            documents.make(summary(content, record, taxonomy()), is_cancelled=never)
        finally:
            is_over.set()
            watcher.join()
            sandbox.close()
            documents.close()
    commands = b"".join(told.values())
    for child in (b"gateway", b"media.child", CHILD.encode()):
        assert child in commands, f"{child!r} was never looked at"
    assert secret_environment.encode() not in commands
    assert not [path for paths in held.values() for path in paths if "/vault/" in path]
