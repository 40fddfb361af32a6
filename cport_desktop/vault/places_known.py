"""Names by which file systems and sync clients are known: what `vault.place` compares with.

File systems as in the third part of a line of /proc/self/mountinfo; for those in user space
(`fuse.NAME`) the name alone. Names of folders and marks in lower case, as the clients make them
when nothing else is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NETWORK = _words(
    "nfs nfs4 cifs smb smb2 smb3 smbfs ncpfs afs kafs coda ceph glusterfs lustre gpfs beegfs"
    " orangefs pvfs2 ocfs2 gfs2 davfs davfs2 webdav afpfs 9p v9fs virtiofs vboxsf vmhgfs prl_fs"
    " drvfs acfs pnfs"
)
NETWORK_IN_USER_SPACE = _words(
    "sshfs gvfsd-fuse gvfs-fuse-daemon rclone s3fs goofys gcsfuse google-drive-ocamlfuse"
    " onedriver curlftpfs davfs2 wdfs glusterfs ceph ceph-fuse juicefs seaf-fuse smbnetfs"
    " kio-fuse mountpoint-s3 blobfuse blobfuse2 vmhgfs-fuse prl_fsd httpfs afp afpfs hubicfuse"
    " moosefs mfsmount pcloud geesefs dropbox"
)
OWN_IN_USER_SPACE = _words("ntfs-3g ntfs ext2 exfat bindfs gocryptfs cryfs encfs securefs")
"""File systems in user space over a disk of this machine, which lock through the kernel."""
LAWLESS = _words("vfat msdos exfat fuse.exfat umsdos")
MEMORY = _words("tmpfs ramfs")

CLOUD_NAMES: Mapping[str, str] = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a sync client",
    "box sync": "Box",
    "box": "Box",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "pcloudsync": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "spideroak hive": "SpiderOak",
    "tresorit": "Tresorit",
    "tresors": "Tresorit",
    "proton drive": "Proton Drive",
    "yandex.disk": "Yandex Disk",
    "kdrive": "kDrive",
    "hidrive": "HiDrive",
    "magentacloud": "MagentaCLOUD",
    "jottacloud": "Jottacloud",
    "insync": "Insync",
    "synologydrive": "Synology Drive",
    "synology drive": "Synology Drive",
    "clouddrive": "Synology Drive",
    "syncthing": "Syncthing",
}
CLOUD_OF_SOMEBODY = re.compile(r"(dropbox|onedrive|nextcloud|owncloud|google drive)\s*(-|\(|@).*")
"""`OneDrive - Example Agency`, `Dropbox (Team)`: the account stands behind the name."""

MARKERS: Mapping[str, str] = {
    ".stfolder": "Syncthing",
    ".stignore": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "ownCloud or Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    "._sync.db": "ownCloud or Nextcloud",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".sync": "Resilio Sync",
    ".megaignore": "MEGA",
    ".debris": "MEGA",
    ".seafile-data": "Seafile",
    "seafile-ignore.txt": "Seafile",
    ".syncthing.tmp": "Syncthing",
    ".rclonelink": "rclone",
    ".insync": "Insync",
    ".tresorit": "Tresorit",
    ".synologyworkingdirectory": "Synology Drive",
}
MARKER_OF_MANY = re.compile(r"\.?_?\.?sync_[0-9a-f]+\.db")
"""`.sync_1f2e3d.db`, the journal of ownCloud and Nextcloud clients."""
