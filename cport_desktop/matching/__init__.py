"""What is like what: indexes over digests that were made elsewhere. No pixel comes here."""
