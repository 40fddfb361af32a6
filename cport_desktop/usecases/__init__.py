"""What can be done, one verb a room: each introduces rooms that do not know each other."""
