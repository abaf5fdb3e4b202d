"""The style sheet, made from the theme's colours and text sizes."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from interview_app.gui.colors import Colors
from interview_app.support.paths import bundled

_SHEET = Template("""
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="attention"] { color: $attention; }
QLabel[role="reading"] { font-size: ${reading_px}px; }
QLabel[role="figure"] { font-size: ${figure_px}px; }
QLabel[role="heading"] { font-size: ${heading_px}px; font-weight: 600; }
QLabel[role="title"] { font-size: ${title_px}px; font-weight: 600; }
QLabel[role="question"] { font-size: ${question_px}px; font-weight: 600; }
QLabel[role="recording"] { font-size: ${recording_px}px; font-weight: 600; color: $recording; }

QFrame[panel="raised"] {
    background: $raised; border: 1px solid $line; border-radius: 8px;
}
QFrame[panel="sunken"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[panel="notice"] {
    background: $raised; border: 1px solid $accent; border-radius: 8px;
}
QFrame[panel="side"] { background: $sunken; border: none; border-right: 1px solid $line; }
QFrame[panel="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 7px 13px; min-height: ${line_px}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 12px; }
QPushButton:disabled { color: $faint; background: transparent; border-color: $line; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 1px solid $accent; padding: 7px 13px; }
QPushButton[kind="primary"]:disabled {
    background: $sunken; color: $faint; border: 1px solid $line;
}
QPushButton[kind="recording"] {
    background: $recording; color: $on_accent; border: 1px solid $recording; font-weight: 600;
}
QPushButton[kind="recording"]:hover { background: $recording_hover; }
QPushButton[kind="recording"]:focus { border: 1px solid $recording; padding: 7px 13px; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[shape="icon"], QPushButton[shape="icon"]:focus { padding: 6px 5px; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="quiet"]:checked { background: $accent_soft; border: 1px solid $accent; }
QPushButton[kind="quiet"]:checked:focus { border: 2px solid $accent; }
QPushButton::menu-indicator {
    image: url("$caret_down"); width: ${caret_px}px; height: ${caret_px}px; right: 12px;
    subcontrol-origin: padding; subcontrol-position: center right;
}
QPushButton[menu="true"] { padding-right: ${drop_px}px; }

QPushButton[kind="heading"] {
    background: transparent; border: 2px solid transparent; font-size: ${heading_px}px;
    font-weight: 600; text-align: left; padding: 4px 8px 4px 0;
}
QPushButton[kind="heading"]:hover { background: $hover; }
QPushButton[kind="heading"]:focus { border: 2px solid $accent; }

QPushButton[kind="page"] {
    background: transparent; border: 2px solid transparent; border-radius: 6px;
    text-align: left; padding: 6px 12px; min-height: ${page_px}px;
}
QPushButton[kind="page"]:hover { background: $hover; }
QPushButton[kind="page"]:checked { background: $accent_soft; font-weight: 600; }
QPushButton[kind="page"]:focus { border: 2px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 6px 10px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${line_px}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 5px 9px;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $faint; background: transparent; border-color: $line;
}
QPlainTextEdit, QTextEdit { font-size: ${reading_px}px; }
QTextEdit[bare="true"] { background: transparent; border: 2px solid transparent; padding: 0; }
QTextEdit[bare="true"]:focus { border: 2px solid $accent; }

QComboBox { padding-right: ${drop_px}px; }
QComboBox::drop-down { border: none; width: ${drop_px}px; }
QComboBox::down-arrow {
    image: url("$caret_down"); width: ${caret_px}px; height: ${caret_px}px;
}
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $edge; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: ${drop_px}px;
}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow {
    image: url("$caret_up"); width: ${caret_px}px; height: ${caret_px}px;
}
QAbstractSpinBox::down-arrow {
    image: url("$caret_down"); width: ${caret_px}px; height: ${caret_px}px;
}

QCheckBox, QRadioButton { spacing: 8px; padding: 4px 6px 4px 0; border: 2px solid transparent;
    border-radius: 6px; margin-left: -2px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: ${indicator_px}px; height: ${indicator_px}px; border: 1px solid $faint;
    background: $raised; border-radius: 4px;
}
QRadioButton::indicator { border-radius: ${radio_px}px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QRadioButton::indicator:checked {
    border: ${radio_dot_px}px solid $accent; background: $on_accent;
    width: ${radio_inner_px}px; height: ${radio_inner_px}px;
}
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }

QAbstractItemView { background: transparent; border: none; outline: none; }
QListView::item, QTreeView::item, QTableView::item { padding: 6px 8px; border-radius: 6px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_soft; color: $text;
}
QTableView { selection-background-color: $accent_soft; selection-color: $text; }
QTableView[rows="true"] { selection-background-color: $surface; }
QTableView::item { border-radius: 0; }
QListView:focus, QTreeView:focus, QTableView:focus {
    border: 2px solid $accent; border-radius: 6px;
}
QListView[rows="true"]:focus, QTreeView[rows="true"]:focus, QTableView[rows="true"]:focus {
    border: none;
}
QHeaderView::section {
    background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px;
}

QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QSlider { min-height: 24px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $raised; border: 2px solid $accent; width: 12px; height: 12px;
    margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:focus { background: $accent; }

QMenu { background: $raised; border: 1px solid $edge; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 4px 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(colors: Colors, sizes: Mapping[str, int], *, is_dark: bool) -> str:
    """Qt's style sheet; ``sizes`` names the pixel size of each role of text."""
    body = sizes["body"]
    variant = "dark" if is_dark else "light"
    radio = body + 3
    return _SHEET.substitute(
        {name: getattr(colors, name) for name in colors.__dataclass_fields__},
        **{f"{role}_px": size for role, size in sizes.items()},
        hover=colors.hover,
        accent_soft=colors.accent_soft,
        edge=colors.mixed(colors.faint, colors.line, 0.45),
        accent_hover=colors.mixed(colors.text, colors.accent, 0.14),
        recording_hover=colors.mixed(colors.text, colors.recording, 0.14),
        caret_px=body - 1,
        drop_px=body + 17,
        line_px=round(body * 1.4),
        page_px=round(body * 1.8),
        indicator_px=radio,
        radio_px=radio // 2 + 1,
        radio_dot_px=max(4, radio // 3),
        radio_inner_px=max(4, radio - 2 * max(4, radio // 3) + 2),
        **{
            name: bundled("resources", "icons", f"{file}-{variant}.svg").as_posix()
            for name, file in (
                ("caret_down", "caret-down"),
                ("caret_up", "caret-up"),
                ("check", "check"),
            )
        },
    )
