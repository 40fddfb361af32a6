"""Where a vault lies badly is said; where it lies well nothing is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from cport_desktop.vault.place import Hazard, HazardKind, Surroundings, hazards
from cport_desktop.vault.surroundings import hazards_of
from cport_desktop.words import places

ROOT = Path(__file__).parents[2]
ORDINARY = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro\n"
HOME = PurePosixPath("/home/ada/vault")


def around(
    mountinfo: str = ORDINARY,
    *,
    names: dict[str, Collection[str]] | None = None,
    removable: Collection[str] = (),
    drives: dict[str, int] | None = None,
) -> Surroundings:
    return Surroundings(
        mountinfo,
        lambda folder: (names or {}).get(str(folder), ()),
        lambda device: device in removable,
        lambda root: (drives or {}).get(root, 3),
    )


def mounted(file_system: str, *, at: str = "/home/ada", options: str = "rw") -> str:
    source = "server:/export"
    return f"{ORDINARY}40 27 0:44 / {at} {options},relatime - {file_system} {source} {options}\n"


def kinds(directory: PurePath, surroundings: Surroundings) -> list[HazardKind]:
    return [hazard.kind for hazard in hazards(directory, surroundings)]


def test_a_disk_of_this_machine_is_nothing_to_speak_of():
    assert hazards(HOME, around()) == ()


@pytest.mark.parametrize(
    "file_system",
    ["nfs", "nfs4", "cifs", "smb3", "9p", "davfs", "ceph", "virtiofs", "fuse.sshfs",
     "fuse.gvfsd-fuse", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.google-drive-ocamlfuse"],
)  # fmt: skip
def test_a_network_share_is_told_by_its_file_system(file_system):
    assert hazards(HOME, around(mounted(file_system))) == (
        Hazard(HazardKind.NETWORK, file_system, "/home/ada"),
    )


@pytest.mark.parametrize(
    ("file_system", "kind"),
    [
        ("tmpfs", HazardKind.MEMORY),
        ("ramfs", HazardKind.MEMORY),
        ("vfat", HazardKind.LAWLESS),
        ("exfat", HazardKind.LAWLESS),
        ("fuse.somethingnew", HazardKind.FOREIGN),
    ],
)
def test_other_places_are_told_too(file_system, kind):
    assert kinds(HOME, around(mounted(file_system))) == [kind]


@pytest.mark.parametrize(
    "file_system", ["xfs", "btrfs", "zfs", "overlay", "fuseblk", "fuse.ntfs-3g", "fuse.gocryptfs"]
)
def test_disks_of_this_machine_under_any_driver_are_fit(file_system):
    assert hazards(HOME, around(mounted(file_system))) == ()


def test_only_the_mount_that_the_folder_lies_in_counts():
    assert hazards(HOME, around(mounted("nfs4", at="/home/ada/vaults"))) == ()
    assert hazards(HOME, around(mounted("nfs4", at="/home/ad"))) == ()
    assert kinds(HOME, around(mounted("nfs4", at="/home/ada/vault"))) == [HazardKind.NETWORK]


def test_of_two_mounts_at_one_point_the_later_hides_the_earlier():
    both = mounted("nfs4") + "41 40 254:1 / /home/ada rw - ext4 /dev/vdb rw\n"
    assert hazards(HOME, around(both)) == ()


def test_blanks_in_a_mount_point_are_read():
    directory = PurePosixPath("/media/ada/My Stick/vault")
    table = mounted("cifs", at="/media/ada/My\\040Stick")
    assert hazards(directory, around(table)) == (
        Hazard(HazardKind.NETWORK, "cifs", "/media/ada/My Stick"),
    )


def test_a_medium_that_can_be_pulled_out_is_told():
    table = f"{ORDINARY}40 27 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n"
    directory = PurePosixPath("/media/stick/vault")
    assert kinds(directory, around(table, removable=["8:17"])) == [
        HazardKind.LAWLESS,
        HazardKind.REMOVABLE,
    ]


def test_a_read_only_medium_is_told_by_either_of_its_options():
    assert kinds(HOME, around(mounted("ext4", options="ro"))) == [HazardKind.READ_ONLY]
    super_only = f"{ORDINARY}40 27 8:1 / /home/ada rw,relatime - ext4 /dev/sda1 ro\n"
    assert kinds(HOME, around(super_only)) == [HazardKind.READ_ONLY]


@pytest.mark.parametrize(
    "line",
    ["", "rubbish", "1 2 3", "40 27 0:44 / /home/ada rw", "40 27 0:44 / /home/ada rw x -", "\udcff" * 9],
)  # fmt: skip
def test_lines_that_cannot_be_read_are_passed_over(line):
    assert hazards(HOME, around(f"{line}\n{mounted('nfs4')}{line}"))[0].what == "nfs4"


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("/home/ada/Dropbox", "Dropbox"),
        ("/home/ada/Dropbox (Agency)", "Dropbox"),
        ("/home/ada/OneDrive - Example Agency", "OneDrive"),
        ("/home/ada/Google Drive", "Google Drive"),
        ("/home/ada/Nextcloud", "Nextcloud"),
        ("/Users/ada/Library/Mobile Documents", "iCloud"),
        ("/home/ada/Proton Drive", "Proton Drive"),
    ],
)
def test_the_folder_of_a_sync_client_is_told_by_its_name(folder, client):
    found = hazards(PurePosixPath(folder) / "work" / "vault", around())
    assert found == (Hazard(HazardKind.CLOUD, client, folder),)


@pytest.mark.parametrize(
    ("mark", "client"),
    [
        (".stfolder", "Syncthing"),
        (".owncloudsync.log", "ownCloud or Nextcloud"),
        (".sync_1f2e3d4c5b6a.db", "ownCloud or Nextcloud"),
        (".dropbox.cache", "Dropbox"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_the_folder_of_a_sync_client_is_told_by_what_it_leaves_there(mark, client):
    marked = around(names={"/home/ada/shared": ["letter.txt", mark]})
    found = hazards(PurePosixPath("/home/ada/shared/vault"), marked)
    assert found == (Hazard(HazardKind.CLOUD, client, "/home/ada/shared"),)


@pytest.mark.parametrize("name", ["dropboxes", "onedrive2", "nextcloudless", "my documents"])
def test_names_that_only_begin_alike_are_nothing_to_speak_of(name):
    assert hazards(PurePosixPath("/home/ada") / name / "vault", around()) == ()


@pytest.mark.parametrize(
    ("path", "drives", "kind", "where"),
    [
        (r"\\server\share\vault", {}, HazardKind.NETWORK, "\\\\server\\share"),
        (r"\\?\UNC\server\share\vault", {}, HazardKind.NETWORK, "\\\\server\\share"),
        (r"\\wsl.localhost\Debian\vault", {}, HazardKind.NETWORK, "\\\\wsl.localhost\\Debian"),
        (r"Z:\vault", {"Z:\\": 4}, HazardKind.NETWORK, "Z:\\"),
        (r"E:\vault", {"E:\\": 2}, HazardKind.REMOVABLE, "E:\\"),
        (r"R:\vault", {"R:\\": 6}, HazardKind.MEMORY, "R:\\"),
        (r"D:\vault", {"D:\\": 5}, HazardKind.READ_ONLY, "D:\\"),
    ],
)
def test_drives_of_windows_are_told(path, drives, kind, where):
    (found,) = hazards(PureWindowsPath(path), around("", drives=drives))
    assert (found.kind, found.where) == (kind, where)


@pytest.mark.parametrize("path", [r"C:\Users\ada\vault", r"\\?\C:\Users\ada\vault"])
def test_a_fixed_drive_of_windows_is_nothing_to_speak_of(path):
    assert hazards(PureWindowsPath(path), around("")) == ()


def test_a_sync_folder_of_windows_is_told():
    (found,) = hazards(PureWindowsPath(r"C:\Users\ada\OneDrive - Example\vault"), around(""))
    assert (found.kind, found.what) == (HazardKind.CLOUD, "OneDrive")


def test_every_hazard_has_its_words_and_says_where():
    for kind in HazardKind:
        message, advice = places.hazard(kind.value, what="WHAT", where="WHERE")
        assert "WHERE" in message
        assert advice.endswith(".")


def test_a_link_is_followed_to_where_the_folder_really_lies(tmp_path):
    (tmp_path / "Dropbox" / "vault").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox" / "vault")
    assert [found.what for found in hazards_of(tmp_path / "link")][-1] == "Dropbox"


def test_this_machine_tells_a_real_mount(tmp_path):
    """A tmpfs of a mount namespace of its own, as far as this machine lets us have one."""
    look = (
        "from pathlib import Path; from cport_desktop.vault.surroundings import hazards_of;"
        f"print(*(f'{{h.kind}} {{h.what}} {{h.where}}' for h in hazards_of(Path({str(tmp_path)!r}))))"
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs none '{tmp_path}' && exec \"$0\" -c \"$1\"",
         sys.executable, look],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.skip("no mount namespaces here")
    assert done.stdout.split() == ["memory", "tmpfs", str(tmp_path)]
