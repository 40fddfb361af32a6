"""The child process that makes pictures and films: it holds no keys and knows no portal.

The only rooms of `demo` that import a codec are in here, and nobody imports them: the child is
started as `python -I -m cport_desktop.demo.picture_child SEED`.
"""
