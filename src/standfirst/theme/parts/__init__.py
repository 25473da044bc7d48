"""View parts that several pages share: typed, frozen, plain; templates get nothing else."""
