"""Finds what a window shows, as a screen reader does.

accessible.py ROLE NAME [press]: waits until such a thing is shown, and prints where on the screen, x y width height,
and on the lines after it the text that it holds. With `press` it presses it, wherever it is scrolled to.
"""

import sys
import time

import pyatspi


def things(node, depth=0):
    yield node
    if depth < 40:
        for child in node:
            if child is not None:
                yield from things(child, depth + 1)


def text(node):
    try:
        return node.queryText().getText(0, -1)
    except NotImplementedError:
        return ""


SECONDS = 30


def found(role, name, press):
    for app in pyatspi.Registry.getDesktop(0):
        for node in things(app) if app is not None else ():
            if node.getRoleName() == role and node.name == name:
                if press:
                    node.queryAction().doAction(0)
                return node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS), text(node)
    return None


def main(role, name, press=""):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if thing := found(role, name, press == "press"):
                place, held = thing
                print(place.x, place.y, place.width, place.height)
                print(held)
                return
        except Exception:  # a window that changes while it is read
            pass
        time.sleep(0.1)
    shown = [f"{node.getRoleName()} {node.name!r}" for app in pyatspi.Registry.getDesktop(0) for node in things(app)]
    sys.exit(f"no {role} {name!r} is shown, only:\n" + "\n".join(shown))


main(*sys.argv[1:])
