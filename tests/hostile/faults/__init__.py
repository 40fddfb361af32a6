"""Faults of the machine, on purpose: power cuts, kills, errors of a disk.

    interposer.c     stands between one process and its files (LD_PRELOAD)
    interposition    builds it, and speaks to it from inside the process that is to suffer
    trace            what that process did to its files, read back
    disk             what a disk may hold after a power cut: two models
    crash_states     every distinct such state of one trace
    workflows/       what is done while it happens, and what must hold afterwards
    zygote           forks a process for each run of a workflow, with a fault chosen for it
    runs             asks the zygote, from a test
    exploring        checks crash states in processes of their own
    verdicts         whether what was found may be
    tally            the figures, for the summary of a test run

What is promised, and what these models do not cover, is told in docs/reliability.md.
"""
