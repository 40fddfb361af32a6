"""What leaves: composing, signing, sealing and checking intelligence packages."""
