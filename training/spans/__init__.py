"""The encoder that marks cues, sources and contents: from the corpus to the file that the package ships."""

import os

# Threads that wait must sleep: beside other work, spinning ones take three times as long. Read by torch as it loads.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
