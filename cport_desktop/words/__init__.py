"""Every sentence that a person reads, for window and command line alike."""
