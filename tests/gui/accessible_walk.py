# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader and the keyboard find in what the window shows.

On each view Tab is pressed until it is where it began, lists are gone up and down, and what had the focus is compared with the
controls that are there. Each has a name, a role that says what it does, and one can be told from the other; Tab goes through
them in the order in which they are read.
"""
import time

from gi.repository import GLib

from zicha_window import atspi

# What no program can reach in GTK 4.8 and libadwaita 1.2, and nobody needs to: the menu has its own key, a window's buttons are
# the window manager's, a column's edge and heading only resize.
ALLOWED = [
    r"^push button (Minimize|Maximize|Close) ›",
    r"^push button GtkImage › Keyboard shortcuts$",                    # the search of the shortcuts: any key begins it
    r"^push button GtkButton › About$",                                # hidden, but for its pages
    r"^(list item|push button|toggle button) .*› (GtkPopover|GtkPopoverMenu)",
    r"^list item  › [^›]+ › combo box",                                # the value shown in a combo row
    r"^push button Gtk(Image|Button)( › .*)? › text ›",                # the pencil of an entry row
    r"^filler GtkPaned ›",                                             # moved with the mouse, or by F8 from what is in it
    r"^filler GtkListItemWidget › .*› combo box",                      # the value shown in a drop-down
]
# What can have the focus to be read or scrolled, and does nothing.
READ = {"table cell", "table row", "label", "list", "table", "tree table", "scroll pane"}
# What does something by itself; rows and cells have their text.
TOLD_APART = {"push button", "toggle button", "check box", "radio button", "link", "text", "password text", "entry"}


class Walk:
    """One look at what is shown."""

    def __init__(self, window):
        self.window, self.faults, self.reached, self.looks = window, [], {}, 0
        self.backwards = set()

    def look(self, where, kind=None):
        """@kind: the class of the page in the main window, None for the newest window alone."""
        window = self.window
        window.poll(self.is_checked, "the steps stay unchecked")
        window.around.clear()
        controls = self.controls(kind)
        self.check_names(where, controls)
        self.check_roles(where, kind)
        self.check_twins(where, controls)
        self.reached, self.backwards = {}, set()
        self.press_tab(controls)
        # Where it ends it begins again above: once.
        if len(self.backwards) > 1:
            self.faults.append(f"{where}: Tab goes back: {sorted(self.backwards)}")
        self.walk_lists(controls)
        missed = [n for n in controls if "sensitive" in n.states and not self.was_reached(n) and self.is_shown(n)]
        self.faults += [f"{where}: the keyboard does not reach: {n.where()}" for n in missed]
        self.looks += 1
        print(f"{where}: {len(self.reached)} stops, {len(controls)} controls, {len(missed)} out of reach", flush=True)

    def is_checked(self):
        """Whether the steps have their names: until the record was looked through they say that they are being checked."""
        self.window.refresh()
        return not any(node.role == "list item" and node.name.endswith(", being checked")
                       for root in self.window.windows for node in self.window.walk(root))

    def look_in_popover(self, where, popover):
        """A popover has the keyboard to itself: arrows in a menu and in a list, Tab elsewhere."""
        window = self.window
        items = [n for n in window.walk(popover) if n.role in atspi.CONTROLS and "focusable" in n.states and n.extents()[3] > 0]
        self.faults += [f"{where}: no name: {n.where()}" for n in items
                        if not any(c.name.strip() and not atspi.TYPE_NAME.match(c.name) for c in window.walk(n))]
        if not items:
            self.faults.append(f"{where}: there is nothing in it")
        self.reached = {}
        window.settle(window.focus, 1.0) or window.find_focus()
        for key in ("Down", "Tab", "Up"):
            for _ in range(len(items) + 2):
                node = window.focus()
                if node is not None:
                    self.note(node)
                if not window.step(key, 0.3):
                    break
        missed = [n for n in items if "sensitive" in n.states and not self.was_reached(n)]
        self.faults += [f"{where}: the keyboard does not reach: {n.where()}" for n in missed]
        self.looks += 1
        print(f"{where}: {len(self.reached)} stops, {len(items)} controls, {len(missed)} out of reach", flush=True)

    def focusable(self, kind):
        """Whatever can have the focus in the newest window, in the pages of @kind."""
        window = self.window
        root = next(w for w in window.windows if w.ref == tuple(window.window_refs()[-1]))
        for node in window.walk(root):
            hidden = kind and any(a.name.startswith("Zc") and a.name.endswith(("Page", "View", "Guide")) and a.name not in kind
                                  for a in (node, *node.ancestors()) if a.name != "ZcWindow")
            if not hidden and "focusable" in node.states and node.has("Component") and node.extents()[3] > 0 \
                    and not any(window_allowed(node, a) for a in ALLOWED):
                yield node

    def controls(self, kind):
        self.window.refresh()
        return [node for node in self.focusable(kind) if node.role in atspi.CONTROLS | {"table cell"}]

    def check_names(self, where, controls):
        self.faults += [f"{where}: no name: {n.where()}" for n in controls
                        if (not n.name.strip() or atspi.TYPE_NAME.match(n.name)) and not self.window.allowed(n) and self.is_shown(n)]

    def check_title(self, where):
        """A window says what it is when it comes."""
        frame = self.window.node(tuple(self.window.window_refs()[-1]))
        if not frame.name.strip() or atspi.TYPE_NAME.match(frame.name):
            self.faults.append(f"{where}: the window has no name ({frame.role} {frame.name!r})")

    def check_roles(self, where, kind):
        """What can have the focus says what it is."""
        self.faults += [f"{where}: no role: {n.where()} ({n.role})" for n in self.focusable(kind)
                        if n.role not in atspi.CONTROLS | READ and self.is_shown(n)]

    def check_twins(self, where, controls):
        """Two buttons of one name are told from each other by what they say more, or by what they stand in."""
        seen = {}
        for node in controls:
            if node.role in TOLD_APART and self.is_shown(node):
                seen.setdefault((node.where(), node.description), []).append(node)
        self.faults += [f"{where}: {len(nodes)} controls are called alike: {nodes[0].where()}" for nodes in seen.values() if len(nodes) > 1]

    def note(self, node):
        new = node.ref not in self.reached
        self.reached[node.ref] = node.name
        return new

    def press_tab(self, controls):
        window, again, last = self.window, 0, None
        node = window.focus() or window.find_focus()
        for _ in range(400):
            if node is not None:
                again = 0 if self.note(node) else again + 1
                # What scrolls into view takes its place a moment later.
                if last is not None and not window.settle(lambda: not is_back(last, node), 0.5):
                    self.backwards.add((last.name, node.name))
                last = node
            # Round it goes; a stop that is passed twice in a row is no proof of it.
            if again > 3:
                return
            if not window.step("Tab", 0.6) and window.focus() is None:
                node = self.in_entry_row(controls)
            else:
                node = window.focus()

    def in_entry_row(self, controls):
        """Which text has the focus that AT-SPI does not see: the one that changes under typing."""
        window = self.window
        texts = {n: n.text() for n in controls if n.role in ("text", "password text") and n.has("EditableText")}
        window.keys("x")
        found = []

        def changed():
            found[:] = [n for n, text in texts.items() if n.text() != text]
            return found

        if not window.settle(changed, 1.0):
            return None
        window.keys("BackSpace")
        window.settle(lambda: found[0].text() == texts[found[0]], 2.0)
        return found[0]

    def walk_lists(self, controls):
        """Up and down in each list that Tab came into but did not walk through."""
        window = self.window
        lists = {}
        for node in controls:
            if node.role == "list item" and node.parent:
                lists.setdefault(node.parent.ref, []).append(node)
        for items in lists.values():
            # A row may be another one by now, or be called otherwise.
            names, refs = {n.name for n in items}, {n.ref for n in items}
            seen, stops = set(self.reached.values()), set(self.reached)
            if not (names & seen or refs & stops) or names <= seen or refs <= stops:
                continue
            window.tab_to(lambda node: node.role == "list item" and (node.name in names or node.ref in refs), most=400)
            # A list of thousands is one stop: where one key moves on in it, it moves on to the end.
            if any(window.step(key, 2.0) and window.focus() and window.focus().role == "list item" for key in ("Down", "Up")):
                for node in items:
                    self.note(node)

    def was_reached(self, node):
        return node.ref in self.reached or node.role in ("table cell", "list item") and node.name in self.reached.values() \
            or any(child.ref in self.reached for child in self.window.walk(node))

    def is_shown(self, node):
        """Whether a person sees it, once it is scrolled to."""
        window = self.window
        pane = next((a for a in node.ancestors() if a.role == "scroll pane"), None)
        if pane is None:
            return window.on_screen(node)
        for _ in range(120):
            if window.on_screen(node):
                return True
            top, height = pane.extents()[1], pane.extents()[3]
            y, before = node.extents()[1] + node.extents()[3] // 2, node.extents()
            if top <= y < top + height:
                return False
            window.mouse(pane, 5 if y >= top + height else 4)
            time.sleep(0.03)
            if node.extents() == before:
                return False
        return False


def is_back(before, after):
    """Whether somebody who reads comes to @after before @before: above it, and not in a column at the right of it."""
    try:
        x, y, width, _height = before.extents()
        at_x, at_y, _width, height = after.extents()
        name = before.prop("Accessible", "Name")
    except GLib.Error:
        return False                                   # the entry of a cell goes with the focus
    # A row that scrolled away may show another line by now.
    return name == before.name and at_y + height <= y and at_x < x + width


def window_allowed(node, pattern):
    return atspi.re.search(pattern, node.where() + "".join(f" › {a.name}" for a in node.ancestors() if a.name.startswith("GtkPopover")))


def in_dialog(window, walk, where, opener):
    """Looks at the window that opener() opens, and closes it."""
    before = len(window.window_refs())
    opener()
    window.poll(lambda: len(window.window_refs()) > before, f"{where} does not open")
    window.poll(window.find_focus, f"nothing in {where} has the focus")
    walk.check_title(where)
    walk.look(where)
    window.keys("Escape")
    window.poll(lambda: len(window.window_refs()) <= before, f"{where} does not close")


def in_menu(window, walk, where, opener):
    """Looks at the menu, list or other popover that opener() opens from the keyboard, and closes it."""
    opener()
    popover = window.poll(lambda: open_popover(window), f"{where} does not open")
    walk.look_in_popover(where, popover)
    window.keys("Escape")
    window.poll(lambda: not open_popover(window), f"{where} does not close")


def open_popover(window):
    window.refresh()
    return next((n for n in window.everything() if n.name in ("GtkPopover", "GtkPopoverMenu") and n.extents()[3] > 0), None)
