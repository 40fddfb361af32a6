"""The process that reads foreign databases of digests: a descriptor in, rows out, nothing else."""
