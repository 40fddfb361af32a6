"""The columns of a table of reports: what a row of the list knows, codes with their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cport_desktop.domain.ids import HotlineId, report_reference
from cport_desktop.domain.rows import ReportRow
from cport_desktop.domain.table import TableColumn
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.exports.tables import classification_label

_SITE = "sourceUrlSiteType"
_COMMERCIAL = "sourceUrlCommerciality"
_ORGANIZATION = "hostingOrganization"


def report_columns(
    taxonomy: Taxonomy,
    hotlines: Mapping[HotlineId, str],
    *,
    address: Callable[[str], str],
    host: Callable[[str], str],
) -> tuple[TableColumn[ReportRow], ...]:
    """Columns named as the command line's JSON names them. `hotlines`: their names; `address` and `host`
    make a URL and a host name what is written of them.
    """

    def label(name: str, code: int | None) -> str:
        return "" if code is None else taxonomy[name].label(code)

    return (
        TableColumn("id", lambda row: report_reference(row.report_id)),
        TableColumn("status", lambda row: row.status.value),
        TableColumn("received_at", lambda row: row.received_at),
        TableColumn("updated_at", lambda row: row.updated_at),
        TableColumn("hotline_id", lambda row: row.hotline),
        TableColumn("hotline", lambda row: hotlines.get(row.hotline)),
        TableColumn("url", lambda row: address(row.url)),
        TableColumn("host", lambda row: host(row.host)),
        TableColumn("domain", lambda row: host(row.domain)),
        TableColumn("hosting_country", lambda row: row.hosting_country),
        TableColumn("assigned_country", lambda row: row.assigned_country),
        TableColumn("assigned_at", lambda row: row.assigned_at),
        TableColumn("ip_address", lambda row: row.ip_address, "hostingIpAddress"),
        TableColumn("autonomous_system", lambda row: row.autonomous_system, _ORGANIZATION),
        TableColumn("provider", lambda row: row.provider, "hostingIsp"),
        TableColumn("is_delivery_network", lambda row: row.is_delivery_network, _ORGANIZATION),
        TableColumn("site_type", lambda row: row.site_type, _SITE),
        TableColumn("site_type_label", lambda row: label("site_type", row.site_type), _SITE),
        TableColumn("commerciality", lambda row: row.commerciality, _COMMERCIAL),
        TableColumn(
            "commerciality_label",
            lambda row: label("commerciality", row.commerciality),
            _COMMERCIAL,
        ),
        TableColumn("classification", lambda row: row.classification),
        TableColumn(
            "classification_label",
            lambda row: classification_label(row.classification, taxonomy),
        ),
        TableColumn("is_overlaid", lambda row: row.is_overlaid),
        TableColumn("age", lambda row: row.age, "ageCategorization"),
        TableColumn("age_label", lambda row: label("age", row.age), "ageCategorization"),
        TableColumn("gender", lambda row: row.gender, "genderCategorization"),
        TableColumn(
            "gender_label", lambda row: label("gender", row.gender), "genderCategorization"
        ),
        TableColumn("last_action", lambda row: row.last_action),
        TableColumn("last_action_label", lambda row: label("action", row.last_action)),
        TableColumn("content_count", lambda row: row.content_count),
        TableColumn("media_count", lambda row: row.media_count),
        TableColumn("is_flagged", lambda row: row.is_flagged),
        TableColumn("tags", lambda row: row.tags),
    )
