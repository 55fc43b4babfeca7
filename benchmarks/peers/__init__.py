"""The peers that install beside us (the extra `bench`); each holds the call of benchmarks/twelve.py."""
