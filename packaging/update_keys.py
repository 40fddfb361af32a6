"""Keys and roots of updates.

    update_keys.py demo ROOT                    the demo's root, of keys that everybody has
    update_keys.py new FOLDER                   keys of one's own, and FOLDER/1.root.json
    update_keys.py rotate OLD NEW ROOT OUT      new keys in NEW, and a root that takes the place of ROOT,
                                                signed by both, to be carried by each later bundle

A unit puts its own root into resources/updates/root.json before it builds a release, and keeps the keys
offline, apart from each other (docs/formats/update_bundle.md).
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tuf.api.metadata import Metadata, Root

sys.path.insert(0, str(Path(__file__).resolve().parent))
from update_signing import demo_keys, make_key_files, make_root, read_keys

DEMO_ENDS = datetime(2036, 1, 1, tzinfo=UTC)
ROOT_LASTS = timedelta(days=5 * 365)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["demo", root]:
            made = make_root(1, demo_keys(), expires=DEMO_ENDS, is_demo=True)
            Path(root).write_bytes(made)
        case ["new", folder]:
            make_key_files(Path(folder))
            made = make_root(1, read_keys(Path(folder)), expires=_end())
            (Path(folder) / "1.root.json").write_bytes(made)
        case ["rotate", old, new, root, out]:
            make_key_files(Path(new))
            before = Metadata[Root].from_bytes(Path(root).read_bytes()).signed
            signers = read_keys(Path(old))["root"]
            keys = read_keys(Path(new))
            made = make_root(before.version + 1, keys, expires=_end(), signers=signers)
            Path(out).write_bytes(made)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def _end() -> datetime:
    return (datetime.now(UTC) + ROOT_LASTS).replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
