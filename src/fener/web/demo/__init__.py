"""The demonstration node: an invented mechanism with invented people, made through the same services as everything else."""
