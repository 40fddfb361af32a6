"""The composer's questions, answered by a real vault: foreseen in words, composed, read back."""

from __future__ import annotations

import json
from pathlib import Path

from cport_desktop.bootstrap import furnish
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.package import Given, StepState
from cport_desktop.domain.progress import never, silent
from cport_desktop.settings import Settings
from cport_desktop.ui.desk import PackageOrder
from cport_desktop.ui.packing_opening import Packages
from cport_desktop.usecases import browse_media
from tests.usecases.conftest import Bench


def test_what_is_foreseen_in_the_window_is_what_is_composed(synced: Bench, tmp_path: Path) -> None:
    court, partner = generate_identity(), generate_identity()
    workstation = furnish(Settings())
    packages = Packages(workstation, synced.vault, or_locked=lambda is_cancelled: is_cancelled)
    page = browse_media.list_media(
        synced.vault,
        "kind:image",
        limit=20,
        after=None,
        taxonomy=synced.taxonomy,
        now=synced.clock.now(),
    )
    item = next(each for each in page.rows if each.width and each.width > 20 and each.reports)
    redactions = tmp_path / "redactions.json"
    line = {"media": f"M-{item.media_id}", "rectangles": [[0, 0, 9, 9]], "reason": "why"}
    redactions.write_text(
        json.dumps({"format": "cport-redactions", "version": 1, "redactions": [line]})
    )
    order = PackageOrder(
        choice=item.reports[:1],
        title="Synthetic series",
        recipients=(
            Recipient("Example Regional Court", court.public),
            Recipient("Partner Agency Example", partner.public),
        ),
        path=tmp_path / "case.age",
        given_to={partner.public: Given(PackageMedia.NONE)},
        redactions=redactions,
        part_size=1_000_000,
    )

    foreseen = packages.foresee(order)

    assert foreseen.is_allowed
    assert [share.levels for share in foreseen.shares] == [tuple(PackageMedia)] * 2
    assert any("case-2.age goes to Partner Agency Example." in line for line in foreseen.packages)
    assert "burned in" in foreseen.redactions[0]

    departure = packages.compose(order, silent, never)

    (other,) = departure.others
    assert (departure.composed.path.name, other.path.name) == ("case-1.age", "case-2.age")
    assert departure.composed.parts
    assert not [s for s in departure.verification.steps if s.state is StepState.FAILED]
