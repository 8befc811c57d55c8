# SPDX-License-Identifier: GPL-3.0-or-later
"""The road through the window, from the start page to the disc image, by one of two pairs of hands.

`Assistive` does what an assistive technology does: it presses buttons and sets texts over AT-SPI. `Keyboard` has nothing but
the keys, and looks over AT-SPI only. What neither GTK 4.8 nor a screen reader can do over AT-SPI (rows, check buttons,
drop-downs) both do by the keys.
"""
import time

from road_plan import CONFORMITY, NOTE, REASON
from zicha_window import Failure, atspi, is_called

PASSPHRASE = "Kestrel-orbit-39-lantern-plum"


class Assistive:
    """Over AT-SPI, where GTK offers it."""

    def __init__(self, window):
        self.window = window

    def press(self, page, name):
        node = self.window.shown(page, name)
        self.window.poll(lambda: "sensitive" in node.read_states(), f"{name} can’t be pressed")
        self.window.press(node)

    def write(self, page, name, text):
        self.window.set_text(self.window.shown(page, name, "EditableText"), text)

    def write_row(self, page, name, text):
        self.write(page, name, text)

    def write_focused(self, text):
        self.window.set_text(self.window.at(), text)

    def next_step(self):
        self.window.command(["action", "win.next"])

    def answer(self, page, value):
        node = self.window.shown(page, CONFORMITY[value])
        self.window.press(node)
        # GTK lets a button that is pressed over AT-SPI look pressed for a moment before it does anything.
        self.window.poll(lambda: "pressed" in node.read_states(), f"{node.name} is not pressed")

    def append(self, page, name, text):
        node = self.window.shown(page, name, "EditableText")
        count = node.prop("Text", "CharacterCount")
        # GTK 4.8 takes the length in bytes.
        node.call("EditableText", "InsertText", atspi.GLib.Variant("(isi)", (count, text, len(text.encode()))))


class Keyboard:
    """The keys only."""

    def __init__(self, window):
        self.window = window

    def press(self, page, name):
        self.window.shown(page, name)
        self.window.tab_to(lambda node: is_called(node, name) and node.role == "push button")
        self.window.keys("space")

    def write(self, page, name, text):
        self.window.shown(page, name)
        self.window.tab_to(lambda node: is_called(node, name) and node.has("EditableText"))
        self.write_focused(text)

    def write_row(self, page, name, text):
        node = self.window.shown(page, name, "EditableText")
        self.window.tab_into_entry_row()
        self.type_over(node, text)

    def write_focused(self, text):
        self.type_over(self.window.at(), text)

    def type_over(self, node, text):
        self.window.keys("ctrl+a")
        self.window.type_keys(text)
        self.window.poll(lambda: node.text() == text, lambda: f"{node.name} has {node.text()!r}, not {text!r}")

    def next_step(self):
        self.window.keys("alt+Right")

    def answer(self, page, value):
        # The keys 1 to 4 belong to an entry while the focus is in one.
        if self.window.at().has("EditableText"):
            self.window.tab_to(lambda node: not node.has("EditableText"))
        self.window.keys(str(1 + list(CONFORMITY).index(value)))

    def append(self, page, name, text):
        self.window.shown(page, name)
        node = self.window.tab_to(lambda n: is_called(n, name) and n.has("EditableText"))
        before = node.text()
        self.window.keys("ctrl+End")
        self.window.type_keys(text)
        self.window.poll(lambda: node.text() == before + text, lambda: f"{name} has {node.text()!r}")


class Road:
    """Walks it. Each part ends when the window shows that it is done."""

    def __init__(self, window, hands, plan, evidence, pace):
        self.window, self.hands, self.plan = window, hands, plan
        self.evidence, self.pace, self.attached = evidence, pace, set()

    # -- one field ---------------------------------------------------------------
    def choose(self, page, label, option):
        """A drop-down: GTK 4.8 has no action for its rows."""
        window = self.window
        window.shown(page, label)
        button = window.tab_to(lambda node: is_called(node, label) and node.role == "push button")
        window.keys("space")
        window.settle(lambda: window.at().role == "list item")
        self.choose_row(option)
        window.keys("Return")
        window.settle(lambda: window.focus() == button)

    def choose_row(self, option):
        """Up and down in an open list to the row with that text."""
        window = self.window
        for key in ("Down", "Up"):
            while True:
                if self.words_in(window.at()) == option:
                    return
                # At its end the list keeps the focus where it is.
                if not window.step(key, 0.5):
                    break
        raise Failure(f"no row “{option}”")

    def words_in(self, node):
        """The first words inside a row, which has no name of its own."""
        for name, path in node.call("Accessible", "GetChildren"):
            child = self.window.node((name, path))
            words = child.name if child.role == "label" else self.words_in(child)
            if words:
                return words
        return ""

    def open_menu(self, page, name):
        """GTK 4.8 places a menu only beside a button that is in sight, so the focus goes to it first."""
        window = self.window
        window.shown(page, name)
        button = window.tab_to(lambda node: is_called(node, name) and node.role == "push button")
        window.keys("space")
        window.settle(lambda: window.focus() not in (None, button))

    def tick(self, page, labels):
        window, left = self.window, set(labels)
        while left:
            node = window.tab_to(lambda n: n.role == "check box" and any(is_called(n, label) for label in left))
            if "checked" not in node.read_states():
                window.keys("space")
            window.poll(lambda: "checked" in node.read_states(), f"{node.name} is not ticked")
            left = {label for label in left if not is_called(node, label)}

    def fill(self, page, field, value):
        if field.kind == "choice":
            self.choose(page, field.label, field.options[value])
        elif field.kind == "multiple":
            self.tick(page, [field.options[option] for option in value.split()])
        else:
            self.hands.write(page, field.label, value)

    # -- the steps -----------------------------------------------------------------
    def start(self, file):
        window = self.window
        window.tab_to("New self-check…")
        window.keys("Return")
        self.hands.press("ZcNewGuide", "No, only Unclassified Ones")
        window.shown("ZcNewGuide", self.plan.title)
        window.tab_to(self.plan.title)
        window.keys("Return")
        name = "Choose Where to Keep It and Begin…"
        window.choose_file(lambda: self.hands.press("ZcNewGuide", name), file, "Save")
        window.shown("ZcUnitPage", "Unit and people")
        self.pace("start")

    def unit(self, but):
        for place, field, value in self.plan.unit_facts():
            if place != but:
                self.fill("ZcUnitPage", field, value)
        self.pace("unit")

    def wait_for_item(self, item):
        def shown():
            return any(f" {item['id']} " in node.name for node in self.window.page("ZcItemView") if node.role == "label")
        self.window.poll(shown, f"the item {item['id']} is not shown")

    def items(self):
        self.hands.next_step()
        for number, item in enumerate(self.plan.items):
            if number:
                self.window.keys("ctrl+Next")
            self.wait_for_item(item)
            self.item(item)
        self.pace("items")

    def item(self, item):
        page, place = "ZcItemView", f"answer:{item['id']}/"
        value = self.plan.get(place + "conformity")
        if value:
            self.hands.answer(page, value)
        if value == "na":
            self.hands.write(page, REASON, self.plan.get(place + "reason"))
        if value in ("partly", "no"):
            for _place, field, stated in self.plan.findings(item["id"])[0][1]:
                self.fill(page, field, stated)
        for _place, field, stated in self.plan.item_facts(item):
            self.fill(page, field, stated)
        if self.plan.get(place + "note"):
            self.hands.write(page, NOTE, self.plan.get(place + "note"))
        for number, (evidence, items, name) in enumerate(self.plan.evidence):
            if item["id"] in items:
                self.attach(page, f"evidence:{number + 1}", evidence, name)

    def attach(self, page, _number, evidence, name):
        """By the file dialog the first time, out of what other items have after that."""
        window = self.window
        caption = f"Caption of “{name}”"
        if evidence not in self.attached:
            opener = "Add evidence files…"
            window.choose_file(lambda: self.hands.press(page, opener), f"{self.evidence}/{name}", "Open")
            self.attached.add(evidence)
            if self.plan.get(f"{evidence}/caption"):
                self.hands.write(page, caption, self.plan.get(f"{evidence}/caption"))
            return
        self.open_menu(page, "From Other Items")
        window.tab_to(lambda node: node.name.startswith(f"{name} — "))
        window.keys("Return")
        window.shown(page, caption)

    def ledgers(self):
        self.hands.next_step()
        page = "ZcLedgersPage"
        for label, first, rows in self.plan.ledgers():
            self.window.shown(page, f"{label}, 0 rows")
            self.to_row(page, f"{label}, 0 rows")
            self.window.keys("Return")
            for number, row in enumerate(rows, 1):
                if number == 1:
                    self.hands.press(page, "Add the First Row")
                else:
                    self.window.keys("ctrl+Return")
                self.window.poll(lambda: is_called(self.window.at(), f"row {number}, {first}"), f"no row {number}")
                self.row(page, number, row)
            count = f"{label}, {len(rows)} row" + ("s" if len(rows) > 1 else "")
            self.window.shown(page, count)
        self.pace("ledgers")

    def to_row(self, page, words):
        """Into the list of a page by Tab, and up or down in it to the row that says `words`."""
        window = self.window
        mine = {node.ref for node in window.page(page)}
        window.tab_to(lambda node: node.role == "list item" and node.ref in mine)
        for key in ("Down", "Up"):
            while True:
                if words in window.at().name:
                    return
                # At its end the list keeps the focus where it is.
                if not window.step(key, 0.5) and words not in window.at().name:
                    break
        raise Failure(f"no row “{words}”")

    def row(self, page, number, row):
        window = self.window
        for _place, field, value in row:
            name = f"row {number}, {field.label}"
            node = window.tab_to(lambda n: is_called(n, name) and n.role != "table cell")
            if field.kind == "choice":
                self.choose_cell(node, field.options[value])
            elif field.kind == "multiple":
                window.keys("F2")
                window.settle(lambda: window.at().role == "check box")
                self.tick(page, [field.options[option] for option in value.split()])
                window.keys("Escape")
                window.settle(lambda: is_called(window.at(), name))
            else:
                self.hands.write_focused(value)

    def choose_cell(self, button, option):
        window = self.window
        window.keys("space")
        window.settle(lambda: window.at().role == "list item")
        self.choose_row(option)
        window.keys("Return")
        window.settle(lambda: window.focus() == button)

    def findings(self):
        """Those that answers did not open by themselves."""
        self.hands.next_step()
        page, window = "ZcFindingsPage", self.window
        for item in self.plan.items:
            for number, fields in self.plan.findings(item["id"])[1:]:
                self.open_menu(page, "Add a Finding")
                window.settle(lambda: window.at().role == "list item")
                while not window.at().name.startswith(item["id"]):
                    window.step("Down")
                window.keys("Return")
                window.shown(page, f"Finding {number}")
                for _place, field, stated in fields:
                    self.fill(page, field, stated)
        self.pace("findings")

    def report(self, heading, sentence):
        self.hands.next_step()
        page, window = "ZcReportPage", self.window
        window.shown(page, "Insert Value")
        self.to_row(page, heading)
        window.keys("Return")
        name = window.poll(lambda: next((n.name for n in window.page(page) if n.has("EditableText") and heading in n.name), None),
                           f"the chapter {heading} is not shown")
        self.hands.append(page, name, sentence)
        self.pace("report")

    def check(self, message, label, value):
        """The check names what is missing, leads there and back."""
        self.hands.next_step()
        page, window = "ZcCheckPage", self.window
        window.shown(page, "Check Again")
        window.poll(lambda: any(message in node.name for node in window.page(page)), f"the check does not say “{message}”")
        self.to_row(page, message)
        window.keys("Return")
        window.settle(lambda: is_called(window.at(), label))
        self.hands.write_focused(value)
        self.back_to_check()
        window.shown(page, "Nothing must be fixed")
        self.pace("check")

    def back_to_check(self):
        self.hands.press(None, "Back to the Check")

    def preview(self):
        self.hands.next_step()
        self.window.shown("ZcPreviewPage", "Print")
        self.window.poll(lambda: any(n.role == "push button" and "focusable" in n.states and n.extents()[3] > 0
                                     for n in self.window.page("ZcPreviewPage")), "no pages")
        self.pace("preview")

    def seal(self):
        """Returns: the seal code, as it is said to a screen reader."""
        self.hands.next_step()
        window = self.window
        self.hands.press("ZcSealPage", "Seal")
        code = window.poll(lambda: next((n.name for n in window.page("ZcSealPage") if n.name.count("-") == 7), None),
                           "no seal code is shown")
        self.pace("seal")
        return code

    def pack(self, package, image):
        self.hands.next_step()
        page, window = "ZcPackPage", self.window
        window.shown(page, "Who May Open It")
        self.hands.write_row(page, "Passphrase", PASSPHRASE)
        window.choose_file(lambda: self.hands.press(page, "Write the Package…"), package, "Save")
        name = package.rsplit("/", 1)[1]
        window.poll(lambda: any(n.role == "label" and n.name == name for n in window.page(page)), "the package is not written")
        window.choose_file(lambda: self.hands.press(page, "Write the Image…"), image, "Save")
        name = image.rsplit("/", 1)[1]
        window.poll(lambda: any(n.role == "label" and n.name.startswith(name) for n in window.page(page)), "no image is written")
        self.pace("package and image")

    def done(self):
        self.hands.next_step()
        page = "ZcDonePage"
        for words in ("Package written", "Disc image written"):
            self.window.shown(page, words)
        self.hands.write_row(page, "Handed to", "Office")
        self.hands.press(page, "Note It")
        self.window.shown(page, "Handed in")
        self.pace("done")


def stopwatch():
    """Says how long each part took."""
    last = time.monotonic()

    def pace(part):
        nonlocal last
        now = time.monotonic()
        print(f"{part}: {now - last:.1f} s", flush=True)
        last = now
    return pace
