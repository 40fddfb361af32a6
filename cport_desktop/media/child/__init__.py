"""The confined decoder: a program of its own, run as `python -I -m cport_desktop.media.child`.

It holds no key and no name, reads foreign bytes from one pipe and writes bounded numbers,
pixels and plain text to another. Nobody imports it: it is only ever executed.
"""
