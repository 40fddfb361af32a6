"""Structures lie in memory as 64-bit Windows documents them; numbers are those of its headers."""

from __future__ import annotations

import ctypes

import pytest

from cport_desktop.media.windows import layouts
from cport_desktop.media.windows.numbers import Creation, JobLimit, Mitigation, ProcessAttribute

LENGTHS = {
    layouts.StartupInfo: 104,
    layouts.ExtendedStartupInfo: 112,
    layouts.ProcessInformation: 24,
    layouts.SidAndAttributes: 16,
    layouts.TokenGroups: 24,
    layouts.SecurityCapabilities: 24,
    layouts.BasicLimits: 64,
    layouts.ExtendedLimits: 144,
    layouts.UiRestrictions: 4,
    layouts.FileTime: 8,
}
PLACES = {
    layouts.StartupInfo: {
        "reserved": 8,
        "desktop": 16,
        "title": 24,
        "x": 32,
        "flags": 60,
        "show": 64,
        "reserved_pointer": 72,
        "standard_input": 80,
        "standard_error": 96,
    },
    layouts.ExtendedStartupInfo: {"startup": 0, "attributes": 104},
    layouts.ProcessInformation: {
        "process": 0,
        "thread": 8,
        "process_number": 16,
        "thread_number": 20,
    },
    layouts.SidAndAttributes: {"sid": 0, "attributes": 8},
    layouts.TokenGroups: {"count": 0, "groups": 8},
    layouts.SecurityCapabilities: {"container": 0, "capabilities": 8, "count": 16, "reserved": 20},
    layouts.BasicLimits: {
        "process_time": 0,
        "job_time": 8,
        "flags": 16,
        "least_working_set": 24,
        "most_working_set": 32,
        "processes": 40,
        "affinity": 48,
        "priority": 56,
        "scheduling": 60,
    },
    layouts.ExtendedLimits: {
        "basic": 0,
        "counters": 64,
        "process_memory": 112,
        "job_memory": 120,
        "peak_process_memory": 128,
        "peak_job_memory": 136,
    },
}


def every_structure() -> set[type[ctypes.Structure]]:
    return {
        each
        for each in vars(layouts).values()
        if isinstance(each, type) and issubclass(each, ctypes.Structure)
    }


def test_every_structure_is_looked_at():
    assert set(LENGTHS) == every_structure()


@pytest.mark.parametrize("layout", LENGTHS, ids=lambda layout: layout.__name__)
def test_it_is_as_long_as_documented(layout: type[ctypes.Structure]):
    assert ctypes.sizeof(layout) == LENGTHS[layout]


@pytest.mark.parametrize("layout", PLACES, ids=lambda layout: layout.__name__)
def test_its_fields_lie_where_they_are_documented(layout: type[ctypes.Structure]):
    places = {name: getattr(layout, name).offset for name in PLACES[layout]}
    assert places == PLACES[layout]


def test_an_attribute_is_its_place_in_the_list_of_those_and_that_it_goes_in():
    places = {each.name: each & 0xFFFF for each in ProcessAttribute}
    assert places == {
        "HANDLE_LIST": 2,
        "MITIGATION_POLICY": 7,
        "SECURITY_CAPABILITIES": 9,
        "JOB_LIST": 13,
        "CHILD_PROCESS_POLICY": 14,
        "ALL_APPLICATION_PACKAGES_POLICY": 15,
    }
    assert {each & ~0xFFFF for each in ProcessAttribute} == {0x20000}


def test_every_mitigation_says_always_on_and_no_two_share_a_field():
    fields = [each.bit_length() - 1 for each in Mitigation]
    # The first field holds three switches of one bit each; all others are four bits wide.
    assert [at for at in fields if at < 4] == [0, 2]
    assert all(at % 4 == 0 for at in fields if at >= 4)
    assert len(set(fields)) == len(fields)


def test_flags_of_jobs_and_processes_are_single_bits():
    for flags in (JobLimit, Creation):
        assert all(each.bit_count() == 1 for each in flags)


def test_a_moment_of_processor_time_is_told_in_seconds():
    assert layouts.FileTime(10_000_000, 0).seconds() == 1.0
    assert layouts.FileTime(0, 1).seconds() == pytest.approx(429.4967296)
