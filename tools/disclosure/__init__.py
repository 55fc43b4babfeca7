import os

# Sentences are small sums: threads of numpy's BLAS would wait for each other. BLAS reads this when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
