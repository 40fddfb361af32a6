"""Fills `ui.charting.Charting` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.figure import Figure, FigureQuestion
from cport_desktop.domain.figure_file import FigureFormat, WrittenFigure
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.exports import figure_files
from cport_desktop.exports.figure_drawing import Names, Shown
from cport_desktop.ui.charting import Charting, FigureWish
from cport_desktop.ui.charts.painting import measure, png
from cport_desktop.ui.code_lists import spoken
from cport_desktop.usecases.case_pictures import case_in_time, links_of_case
from cport_desktop.usecases.export_figure import FigureOrder, export_figure
from cport_desktop.usecases.figures import Counting, figure
from cport_desktop.usecases.overview import hotline_names
from cport_desktop.usecases.report_arrays import ReportColumns
from cport_desktop.vault.vault import Vault


def charting_of(workstation: Workstation, vault: Vault, columns: ReportColumns) -> Charting:
    """All that may be asked about figures in one open vault, from any lane. `columns`: of this vault."""
    told = _Charts(workstation, vault, columns)
    return Charting(
        figure=told.figure,
        time=partial(case_in_time, vault),
        links=partial(links_of_case, vault),
        export=told.export,
    )


class _Charts:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault, columns: ReportColumns) -> None:
        self._workstation = workstation
        self._vault = vault
        self._columns = columns

    def figure(self, question: FigureQuestion, is_cancelled: IsCancelled) -> Figure:
        return figure(self._vault, question, self._counting(), is_cancelled=is_cancelled)

    def export(self, wish: FigureWish) -> WrittenFigure:
        order = FigureOrder(
            wanted=wish.wanted,
            format=wish.format,
            path=wish.path,
            recipient=wish.recipient.strip() or None,
            reason=wish.reason.strip() or None,
        )
        return export_figure(
            self._vault, order, partial(self._rendered, wish.format), self._counting()
        )

    def _counting(self) -> Counting:
        clock = self._workstation.clock
        return Counting(self._workstation.taxonomy, clock.now(), self._columns)

    def _rendered(self, form: FigureFormat, shown: Shown) -> bytes:
        # A table is for programs and has the portal's labels, a picture says all in one language.
        taxonomy = self._workstation.taxonomy
        names = Names(
            taxonomy if form is FigureFormat.CSV else spoken(taxonomy),
            hotline_names(self._vault),
            is_file=True,
        )
        leaving = figure_files.Leaving(shown, names, is_synthetic=self._vault.nature.is_synthetic)
        match form:
            case FigureFormat.CSV:
                return figure_files.csv(leaving, self._workstation.clock.now())
            case FigureFormat.SVG:
                return figure_files.svg(leaving, measure)
            case FigureFormat.PNG:
                return png(*figure_files.picture(leaving, measure))
