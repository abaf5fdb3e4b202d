"""What a person does with a guide in front: change it, take a change back, export, rehearse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from interview_app.domain.guide import Guide
from interview_app.gui.guides.browse_view import BrowseView
from interview_app.gui.guides.context import GuidesContext
from interview_app.gui.models.guide_tree import GuideLocation
from interview_app.gui.text.bidi import isolated
from interview_app.gui.text.messages import sentence_of
from interview_app.services.guides import editing as guide_editing
from interview_app.services.guides.browsing import GuideCatalog
from interview_app.services.guides.merging import Clash
from interview_app.services.jobs import JobContext, Lane

T = TypeVar("T")
Change = Callable[[Guide], Guide]


class GuideActions(QObject):
    """Does what is asked of the guide in front, in jobs.

    Signals:
        changed(Shelf, Place): the guides are these now; this belongs in front, ``None``: as it was.
        refused(str): it could not be done, and why; nothing was changed.
        rehearse_asked(Guide, tuple, tuple): rehearse these sections (titles) or questions (ids).
        edit_asked(Guide, Place): this is to be written.
        question_asked(Guide, int, str): a question is to be added to the section of that number,
            behind the question of that id.
        section_asked(Guide): a section is to be added.
        import_asked: a guide is to be brought in.
    """

    changed = Signal(object, object)
    refused = Signal(str)
    rehearse_asked = Signal(object, object, object)
    edit_asked = Signal(object, object)
    question_asked = Signal(object, int, str)
    section_asked = Signal(object)
    import_asked = Signal()

    def __init__(self, context: GuidesContext, browse: BrowseView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._browse = browse
        browse.act_asked.connect(self._command)

    def keep_edited(self, guide_id: str, change: Change, told: str) -> None:
        """Keep what was written."""
        self._change(guide_id, change, told)

    def keep_imported(self, guide: Guide, clash: Clash | None) -> None:
        """Keep a guide that was brought in."""
        self._do(
            lambda: self._context.editing().keep_imported(guide, clash),
            self.tr("“{0}” is among your guides.").format(isolated(guide.title)),
            lambda kept: GuideLocation(kept.id),
        )

    def _command(self, name: str) -> None:
        if name == "import":
            self.import_asked.emit()
            return
        if name == "undo":
            self._undo()
            return
        place = self._browse.place
        guide = self._browse.list.catalog.guide(place.guide_id) if place is not None else None
        if place is None or guide is None:
            return
        commands: dict[str, Callable[[Guide, GuideLocation], None]] = {
            "rehearse": self._rehearse,
            "edit": self._edit,
            "add": self._add,
            "add-section": self._add_section,
            "duplicate": self._duplicate,
            "up": partial(self._move, -1),
            "down": partial(self._move, 1),
            "delete": self._delete,
            "restore": self._restore,
            "export": self._export,
        }
        commands[name](guide, place)

    def _rehearse(self, guide: Guide, place: GuideLocation) -> None:
        questions = (place.question_id,) if place.question_id else ()
        is_section = not questions and 0 <= place.section < len(guide.sections)
        sections = (guide.sections[place.section].title,) if is_section else ()
        self.rehearse_asked.emit(guide, sections, questions)

    def _edit(self, guide: Guide, place: GuideLocation) -> None:
        self.edit_asked.emit(guide, place)

    def _add(self, guide: Guide, place: GuideLocation) -> None:
        self.question_asked.emit(guide, _section_of(guide, place), place.question_id)

    def _add_section(self, guide: Guide, _place: GuideLocation) -> None:
        self.section_asked.emit(guide)

    def _duplicate(self, guide: Guide, place: GuideLocation) -> None:
        question = guide.question(place.question_id)
        if question is None:
            return
        copied = replace(question, prompt=self.tr("{0} (copy)").format(question.prompt))
        section = _section_of(guide, place)
        self._change(
            guide.id,
            lambda now: guide_editing.with_new_question(now, section, copied, question.id),
            self.tr("The question was duplicated."),
        )

    def _move(self, step: int, guide: Guide, place: GuideLocation) -> None:
        if place.question_id:
            question_id = place.question_id
            self._change(
                guide.id, lambda now: guide_editing.with_question_moved(now, question_id, step)
            )
            return
        target = place.section + step
        if 0 <= target < len(guide.sections):
            self._change(
                guide.id,
                lambda now: guide_editing.with_section_moved(now, place.section, step),
                place=GuideLocation(guide.id, target),
            )

    def _delete(self, guide: Guide, place: GuideLocation) -> None:
        if place.question_id:
            ids = [question.id for question in guide.questions]
            number = ids.index(place.question_id)
            nearby = (ids[number + 1 :] + ids[:number][::-1])[:1]
            self._change(
                guide.id,
                lambda now: guide_editing.without_question(now, place.question_id),
                self.tr("The question was deleted."),
                GuideLocation(guide.id, question_id=nearby[0])
                if nearby
                else GuideLocation(guide.id),
            )
        elif place.section >= 0:
            self._change(
                guide.id,
                lambda now: guide_editing.without_section(now, place.section),
                self.tr("“{0}” was deleted.").format(isolated(guide.sections[place.section].title)),
                GuideLocation(guide.id),
            )
        else:
            self._remove(guide, self.tr("“{0}” was deleted.").format(isolated(guide.title)))

    def _restore(self, guide: Guide, place: GuideLocation) -> None:
        self._remove(
            guide, self.tr("“{0}” is as it came again.").format(isolated(guide.title)), place
        )

    def _remove(self, guide: Guide, told: str, place: GuideLocation | None = None) -> None:
        self._do(lambda: self._context.editing().remove(guide.id), told, lambda _none: place)

    def _change(
        self, guide_id: str, change: Change, told: str = "", place: GuideLocation | None = None
    ) -> None:
        before = self._browse.list.catalog.guide(guide_id)
        known = {question.id for question in before.questions} if before is not None else set()

        def where(guide: Guide) -> GuideLocation | None:
            added = next((q.id for q in guide.questions if q.id not in known), "")
            return place or (
                GuideLocation(guide.id, question_id=added) if added else self._browse.place
            )

        self._do(lambda: self._context.editing().change(guide_id, change), told, where)

    def _undo(self) -> None:
        place = self._browse.place
        self._do(
            lambda: self._context.editing().undo(),
            self.tr("The change was taken back."),
            lambda guide_id: (
                place
                if place is not None and place.guide_id == guide_id
                else GuideLocation(guide_id)
            ),
            can_undo=False,
        )

    def _do(
        self,
        work: Callable[[], T],
        told: str,
        where: Callable[[T], GuideLocation | None],
        *,
        can_undo: bool = True,
    ) -> None:
        """Change something in a job, then show the guides as they are."""
        self._browse.reader.mine.save()

        def job(_job: JobContext) -> tuple[T, GuideCatalog, bool]:
            result = work()
            return result, self._context.browsing().catalog(), self._context.editing().can_undo

        def done(found: tuple[T, GuideCatalog, bool]) -> None:
            result, catalog, is_undoable = found
            self.changed.emit(catalog, where(result))
            self._browse.show_undo(can_undo=is_undoable)
            if told:
                self._browse.notice.show_message(
                    told,
                    action=self.tr("Undo") if can_undo else "",
                    command=self._undo if can_undo else None,
                )

        self._context.jobs.submit(Lane.FILES, job, done, self._trouble)

    def _trouble(self, error: Exception) -> None:
        self.refused.emit(sentence_of(error))

    def _export(self, guide: Guide, _place: GuideLocation) -> None:
        forms = ";;".join(
            (
                self.tr("Markdown (*.md)"),
                self.tr("Word document (*.docx)"),
                self.tr("Web page (*.html)"),
                self.tr("JSON (*.json)"),
            )
        )
        name, chosen = QFileDialog.getSaveFileName(
            self._browse, self.tr("Export the guide"), f"{guide.id}.md", forms
        )
        if name:
            ending = chosen.rpartition("*")[2].rstrip(")")
            path = Path(name)
            self.export(guide, path if path.suffix else path.with_name(f"{path.name}{ending}"))

    def export(self, guide: Guide, path: Path) -> None:
        """Write a guide to a file; its name says in which form."""
        busy = self._browse.list.busy
        busy.start(self.tr("Exporting…"))

        def done(_none: None) -> None:
            busy.stop()
            self._browse.notice.show_message(self.tr("Exported to {0}.").format(path))

        def failed(error: Exception) -> None:
            busy.stop()
            self._trouble(error)

        self._context.jobs.submit(
            Lane.FILES, lambda _job: self._context.export(guide, path), done, failed
        )


def _section_of(guide: Guide, place: GuideLocation) -> int:
    if place.question_id:
        for number, section in enumerate(guide.sections):
            if any(question.id == place.question_id for question in section.questions):
                return number
    return place.section if place.section >= 0 else len(guide.sections) - 1
