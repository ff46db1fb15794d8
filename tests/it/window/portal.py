"""The desktop's portal for choosing files, as far as a dialog asks it: answers every question with the files of the command line.

Says "ready" when it can be asked. The interface: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html
"""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

FILE_CHOOSER = """
<node>
  <interface name="org.freedesktop.portal.FileChooser">
    <method name="OpenFile">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
      <arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>
"""


def asked(bus, sender, _path, _interface, _method, arguments, invocation):
    options = arguments.unpack()[2]
    sender = sender.lstrip(":").replace(".", "_")
    request = f"/org/freedesktop/portal/desktop/request/{sender}/{options['handle_token']}"
    invocation.return_value(GLib.Variant("(o)", (request,)))
    files = [Gio.File.new_for_path(path).get_uri() for path in sys.argv[1:]]
    answer = GLib.Variant("(ua{sv})", (0, {"uris": GLib.Variant("as", files)}))
    # A person takes a moment.
    GLib.timeout_add(
        700, lambda: bus.emit_signal(None, request, "org.freedesktop.portal.Request", "Response", answer) and False
    )


def connected(bus, _name):
    interface = Gio.DBusNodeInfo.new_for_xml(FILE_CHOOSER).interfaces[0]
    get = lambda *_: GLib.Variant("u", 4)
    bus.register_object("/org/freedesktop/portal/desktop", interface, asked, get, None)


def owned(_bus, _name):
    print("ready", flush=True)


Gio.bus_own_name(
    Gio.BusType.SESSION, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE, connected, owned, None
)
GLib.MainLoop().run()
