"""CPORT Desktop: an offline-capable workstation for investigators of hotline reports."""

__version__ = "0.1.0"
