"""Speeds as ratios to a floor that is measured in the same run, by processor time, on one core."""

import os

# Before numpy is imported: on several cores its products count idle ones too, which only wait for the next product.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
