"""What a release holds and what it leaves to the system, as lists that a person decides on.

`build_tree` obeys them, and fails where they do not hold: a library that is neither in the tree nor in
`LEFT_TO_THE_SYSTEM`, a pattern of `LEFT_OUT` that nothing matches any more. Patterns are those of
`fnmatch` on the path below the folder of the packages or of the standard library; `*` takes in `/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

QT_MODULES: Final = ("QtCore", "QtDBus", "QtGui", "QtMultimedia", "QtWidgets")
"""The modules that our code imports (a test compares). `QtMultimedia` speaks to the sound device."""

QT_LIBRARIES: Final = (
    *("Concurrent", "Core", "DBus", "Gui", "Multimedia", "Network", "Widgets"),
    *("WaylandClient", "XcbQpa"),
)
"""`libQt6….so.6` of those modules and of `QT_PLUGINS`; `Network` and `Concurrent` are there because
`Multimedia` is linked to them."""

QT_PLUGINS: Final = (
    "platforms/libqxcb.so",
    "platforms/libqwayland.so",
    "platforms/libqoffscreen.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libbradient.so",
)
"""Screens and keyboards (without the first input context there are no dead keys). No image format, no
icon engine, no sound or film back end, no platform theme: that of GTK brings the decoders of GDK into
the process that holds keys; the other decoration of windows draws with SVG."""

LEFT_OUT_OF_PACKAGES: Final = (
    # What no interpreter loads: sources of compiled modules, headers, stubs, samples, programs.
    *("*.pyx", "*.pxd", "*.pxi", "*.pyi", "*.h", "*.c", "*.cpp", "*.a", "*.rng", "*.xsl"),
    *("*/py.typed", "*/__pycache__/*", "bin/*", "images/*"),
    *("*/tests/*", "*/_pyinstaller/*", "*/conftest.py"),
    *("numpy/_core/*_tests.*", "securesystemslib/_vendor/*.sh", "*/.gitignore"),
    # What pip notes about its own work; the hashes of a release are in its manifest.
    *("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED"),
    # Of SciPy the cosine transform of the perceptual hash, and what that leans on.
    *("scipy/cluster/*", "scipy/constants/*", "scipy/datasets/*", "scipy/differentiate/*"),
    *("scipy/integrate/*", "scipy/interpolate/*", "scipy/io/*", "scipy/linalg/*", "scipy/misc/*"),
    *("scipy/ndimage/*", "scipy/odr/*", "scipy/optimize/*", "scipy/signal/*", "scipy/sparse/*"),
    *("scipy/spatial/*", "scipy/stats/*"),
    # Typefaces under other licences; documents are set in ours (`exports.child.typefaces`).
    "reportlab/fonts/*",
    # A wavelet hash is one that we do not take.
    *("pywt/*", "pywavelets-*"),
    *("numpy/distutils/*", "numpy/f2py/src/*"),
    # The other of two bindings to the same library.
    *("zstandard/_cffi.*", "zstandard/backend_cffi.py"),
    # Windows of its own, in a toolkit that is not here.
    *("PIL/ImageTk.py", "PIL/_imagingtk.*", "PIL/_tkinter_finder.py"),
    *("multidict/_testcapi.*", "PySide6/support/generate_pyi.py"),
)

LEFT_OUT_OF_THE_LIBRARY: Final = (
    *("config-3*", "_sysconfigdata*"),
    *("idlelib/*", "tkinter/*", "turtledemo/*", "turtle.py"),
    *("ensurepip/*", "venv/*", "lib2to3/*", "distutils/*", "pydoc_data/*", "curses/*"),
    *("__phello__/*", "antigravity.py", "this.py", "ctypes/macholib/fetch_macholib*"),
    # Modules that are linked to libraries which we do not need.
    *("lib-dynload/_tkinter.*", "lib-dynload/_curses*", "lib-dynload/readline.*"),
    *(
        "lib-dynload/nis.*",
        "lib-dynload/ossaudiodev.*",
        "lib-dynload/_crypt.*",
        "lib-dynload/spwd.*",
    ),
    *("lib-dynload/_uuid.*", "lib-dynload/*test*", "lib-dynload/xxlimited*"),
)

BESIDE_QT: Final = (
    *("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
    *("libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-util.so.1", "libxcb-xkb.so.1"),
    *("libxkbcommon.so.0", "libxkbcommon-x11.so.0"),
)
"""What a plain desktop may lack and no analyst can install, put among Qt's own libraries. The last two
know each other's insides, so that both come from one place."""

BESIDE_THE_LIBRARY: Final = (
    *("libbz2.so.1.0", "libcrypto.so.3", "libffi.so.8", "liblzma.so.5", "libsqlite3.so.0"),
    "libssl.so.3",
)
"""What the modules of the standard library are linked to, put into the folder of these modules: so the
namespaces of the decoders (`media.bubblewrap`) hold them too. Where the interpreter was built without
one of them it is missing here and needed nowhere."""

LEFT_TO_THE_SYSTEM: Final[Mapping[str, str]] = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libmvec.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
"""Every shared library that is used and not brought along, with the Debian package that has it. The C
library and what belongs to the machine's graphics cannot be brought along; the rest has a stable
interface and is on every desktop."""

WAYLAND: Final[Mapping[str, str]] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Where a Wayland session runs they are there; the window under X11 does without."""

SOUND: Final[Mapping[str, str]] = {
    "libpulse.so.0": "libpulse0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
}
"""Loaded when somebody listens to a film (`ui.playing_device`); without them it is silent."""
