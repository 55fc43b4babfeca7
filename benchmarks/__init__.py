"""What a turn costs, as ratios to a reference that is timed beside it.

    python -m benchmarks                  every row, long (make bench)
    python -m benchmarks --quick          every row, in under two minutes
    python -m benchmarks P1 P10           some rows
    python -m benchmarks --write          … and put the table into docs/benchmarks.md

Nothing here is a timed test: figures are for reading. CPU is `time.process_time`, a disk figure stands beside fdatasync calls
of the same loop, and what can be counted is counted.
"""
