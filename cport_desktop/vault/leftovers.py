"""What work that was cut short may have left in a vault's folder, removed by the next opening.

Only things under names that this program gives to what it has not finished; sealed files have
their own lists (`vault.intake_desk`, `vault.erasure_finishing`).
"""

from __future__ import annotations

import shutil

from cport_desktop.vault.database import remove_database
from cport_desktop.vault.durable_files import half_written, naming_disk_faults
from cport_desktop.vault.layout import Layout


def remove(layout: Layout) -> None:
    """None of it is there. The vault's headers are, so that nothing here is still needed.

    Raises:
        StorageFull, StorageUnwritable, VaultDamaged: the disk.
    """
    with naming_disk_faults("leftovers"):
        for copy in (layout.next_database, layout.next_derivatives):
            remove_database(copy)
        for path in (*layout.headers, layout.unfinished):
            half_written(path).unlink(missing_ok=True)
        layout.unfinished.unlink(missing_ok=True)
        if layout.unfinished_restore.is_dir():
            shutil.rmtree(layout.unfinished_restore)
