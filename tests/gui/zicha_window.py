# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of Zicha for the tests that drive it from outside: atspi-driver, and knowing where the focus is.

GTK 4.8 says over AT-SPI which widget got the focus, so a widget is gone to as a person without a mouse does: Tab until it is
there. That scrolls it into view by itself, whatever fonts and window there are, and nothing depends on coordinates.
"""
import importlib.machinery
import importlib.util
import os
import re
import sys
import time

from gi.repository import GLib

HERE = os.path.dirname(os.path.realpath(__file__))
sys.dont_write_bytecode = True


def _load_driver():
    loader = importlib.machinery.SourceFileLoader("atspi_driver", os.path.join(HERE, "atspi-driver"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("atspi_driver", loader))
    loader.exec_module(module)
    return module


atspi = _load_driver()
Failure = atspi.Failure

# How long anything may take: a machine under load is no failure.
PATIENCE = 60.0


class Window(atspi.Driver):
    """The program, with the focus followed."""

    def __init__(self, program="zicha-gtk"):
        super().__init__(program, timeout=PATIENCE, max_children=400)
        self.moves, self.ref, self.around = 0, None, {}
        conn = self.bus.conn
        conn.signal_subscribe(None, atspi.A11Y + "Event.Object", "StateChanged", None, None, 0, self._on_state)
        self.bus.call(atspi.A11Y + "Registry", "/org/a11y/atspi/registry", atspi.A11Y + "Registry", "RegisterEvent",
                      GLib.Variant("(s)", ("object:state-changed:focused",)))
        self.poll(self.refresh, "no window of the program on the accessibility bus")
        # Enter takes the row of an open list that lies under the pointer, so there must be none: into the corner with it.
        width, height = self.xdo("getdisplaygeometry").split()
        self.xdo("mousemove", int(width) - 1, int(height) - 1)

    # -- the focus ---------------------------------------------------------------
    def _on_state(self, _conn, sender, path, _interface, _signal, parameters):
        name, on = parameters.unpack()[:2]
        if name == "focused" and on:
            self.ref = (sender, path)
            self.moves += 1

    @staticmethod
    def pump():
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def settle(self, test, seconds=PATIENCE):
        """Lets messages come in until test() is true. Returns: whether it became true."""
        end = time.monotonic() + seconds
        while True:
            self.pump()
            if test():
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.004)

    def node(self, ref):
        node = atspi.Node(self.bus, ref, None, 0)
        node.name = node.prop("Accessible", "Name")
        node.role = atspi.ROLES[node.call("Accessible", "GetRole")]
        node.interfaces = {name.rsplit(".", 1)[1] for name in node.call("Accessible", "GetInterfaces")}
        return node

    def focus(self):
        """What has the focus now, None if it is on its way, or was never heard of."""
        self.pump()
        try:
            node = self.node(self.ref) if self.ref else None
            if node and "focused" in node.read_states():
                return node
        except GLib.Error:
            pass                                       # it is gone
        return None

    def at(self):
        """What has the focus, once it is somewhere."""
        self.settle(self.focus)
        return self.focus() or self.find_focus() or self.windows[0]

    def find_focus(self):
        """Looks for the focus in the newest window: what a window has from the start is never told."""
        for ref in reversed(self.window_refs()):
            for node in self.subtree(ref):
                if "focused" in node.states:
                    self.ref = node.ref
                    return node
        return None

    def step(self, key, seconds=2.0):
        """Presses a key that moves the focus. Returns: whether it moved."""
        before = self.moves
        self.xdo("key", key)
        return self.settle(lambda: self.moves != before, seconds)

    def tab_to(self, wanted, key="Tab", most=250):
        """Tab until `wanted` has the focus: a name, or a function of the node."""
        test = wanted if callable(wanted) else lambda node: is_called(node, wanted)
        stuck, seen = 0, []
        self.settle(self.focus, 1.0) or self.find_focus()
        for _ in range(most):
            node = self.focus()
            if node and test(node):
                # It stays there: nothing that was still on its way takes it on.
                self.settle(lambda: False, 0.03)
                again = self.focus()
                if again and test(again):
                    return again
                continue
            if node:
                seen.append(node.name)
            stuck = 0 if self.step(key) else stuck + 1
            if stuck > 5:
                break
        raise Failure(f"{key} never reached {wanted}; last it was at {seen[-8:]}")

    def tab_into_entry_row(self, most=60):
        """Tab until the focus is where AT-SPI can't see it: libadwaita 1.2 does not tell that an entry row has it."""
        for _ in range(most):
            if not self.step("Tab", 1.0) and self.focus() is None:
                return
        raise Failure("Tab reached no entry row")

    # -- keys --------------------------------------------------------------------
    def keys(self, *keys):
        self.xdo("key", *keys)

    def type_keys(self, text):
        """Types by the keyboard alone: what is on no key of it by its code point, as GTK's own input method takes it."""
        for part in re.findall(r"[ -~]+|[^ -~]", text):
            if part == "\n":
                self.keys("Return")
            elif re.fullmatch(r"[ -~]+", part):
                self.xdo("type", "--delay", "2", part)
            else:
                self.keys("ctrl+shift+u", *f"{ord(part):x}", "space")

    # -- what is shown -------------------------------------------------------------
    def page(self, kind):
        """Everything in the widget of that class, from a fresh look; None is every window."""
        if kind is None:
            self.refresh()
            return list(self.everything())
        around = self.around.get(kind)
        if around:
            try:
                for child in around.call("Accessible", "GetChildren"):
                    if self.node(child).name == kind:
                        return self.subtree(child)
            except GLib.Error:
                pass                                   # it is gone, with what was around it
        self.refresh()
        for node in self.everything():
            if node.name == kind:
                # What is around it outlives it: the next look need not go through the whole window.
                if node.parent:
                    self.around[kind] = node.parent
                return list(self.walk(node))
        return []

    def subtree(self, ref):
        """A widget and all in it."""
        root = atspi.Node(self.bus, ref, None, 0)
        found, level = [root], [root]
        while level:
            following = []
            for node, refs in self.bus.children_of(level).items():
                node.children = [atspi.Node(self.bus, r, node, node.depth + 1) for r in refs if not r[1].endswith("/null")]
                following += node.children
            found += following
            level = following
        self.bus.describe(found)
        return list(self.walk(root))

    def shown(self, kind, spec, interface="Component"):
        """The widget called `spec` in the page of that class, once it is there: it may be scrolled away."""
        role, name, nth = self.parse(spec)

        def once():
            hits = [n for n in self.page(kind) if n.has(interface) and (not role or n.role == role)
                    and is_called(n, name) and n.extents()[3] > 0]
            hits.sort(key=lambda n: n.role not in atspi.INTERACTIVE)
            return hits[nth - 1] if len(hits) >= nth else None

        return self.poll(once, f"{kind} does not show {spec}")

    def on_page(self, kind):
        """Whether the page of that class is the one that is shown."""
        nodes = self.page(kind)
        return bool(nodes) and nodes[0].has("Component") and nodes[0].extents()[3] > 0 and self.under(nodes[0])

    def under(self, node):
        """Whether what is at the middle of `node` is in it: of pages that lie on one another only one is."""
        x, y, width, height = node.extents()
        window = atspi.Node(self.bus, self.window_refs()[-1], None, 0)
        hit = window.call("Component", "GetAccessibleAtPoint", GLib.Variant("(iiu)", (x + width // 2, y + height // 2, 1)))
        return any(n.ref == tuple(hit) for n in self.walk(node))

    def window_refs(self):
        """The program's windows, the newest last."""
        app = self.bus.call(*self.windows[0].ref, "org.freedesktop.DBus.Properties", "Get",
                            GLib.Variant("(ss)", (atspi.A11Y + "Accessible", "Parent")))
        return self.bus.call(*app, atspi.A11Y + "Accessible", "GetChildren")

    # -- the file dialog -------------------------------------------------------------
    def choose_file(self, opener, path, button, stays=False):
        """Calls opener(), and gives the file dialog that it opens a path. @stays: another window comes after it."""
        before = len(self.window_refs())
        opener()
        self.poll(lambda: len(self.window_refs()) > before, "no file dialog")
        dialog = self.window_refs()[-1]
        accept = self.poll(lambda: next((n for n in self.subtree(dialog) if is_called(n, button) and n.role == "push button"), None),
                           f"the file dialog has no “{button}”")
        self.poll(self.find_focus, "nothing in the file dialog has the focus")
        if button != "Save":
            self.keys("ctrl+l")
        self.poll(self._location, "the file dialog shows no line for a path")
        self.keys("ctrl+a")
        self.type_keys(path)
        self.poll(lambda: self._location() and self._location().text() == path,
                  lambda: f"the line for a path has {self._location() and self._location().text()!r}")
        self.poll(lambda: "sensitive" in accept.read_states(), f"“{button}” can’t be pressed")
        self.keys("Return")
        self.poll(lambda: tuple(dialog) not in map(tuple, self.window_refs()) if stays else len(self.window_refs()) <= before,
                  "the file dialog stays")

    def _location(self):
        node = self.focus() or self.find_focus()
        return node if node and node.has("EditableText") else None


def is_called(node, name):
    wanted = atspi.strip_mnemonic(name)
    names = atspi.names_of(node.name)
    # A field with a unit says it behind its name.
    return wanted in names or any(n.startswith(wanted + " (") for n in names)
