"""The shell around the call: everything that touches the world. It may import dialogs, never the other way."""

import os

# One utterance is too small a sum to share: on busy cores the threads of numpy's BLAS wait for each other, and a sentence
# costs ten times as much. BLAS reads this when numpy is loaded, which sqlite-utils does before hearing would.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
