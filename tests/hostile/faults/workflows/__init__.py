"""What is done while a fault happens, and what must hold afterwards: one workflow a room."""
