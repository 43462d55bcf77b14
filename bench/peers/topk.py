"""Times implicit's top-K of all users from given factors; one JSON line.

Factors are float32, users then items, row-major, as bench/topk writes them.
"""
import argparse
import json
import os
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import implicit
import numpy as np
import scipy.sparse as sp
from implicit.cpu.matrix_factorization_base import MatrixFactorizationBase

A = argparse.ArgumentParser()
A.add_argument("--matrix", required=True)
A.add_argument("--factors", required=True)
A.add_argument("--dim", type=int, required=True)
A.add_argument("--k", type=int, required=True)
A.add_argument("--threads", type=int, required=True)
ARGS = A.parse_args()


class Factors(MatrixFactorizationBase):
    """What implicit's own models are when they are trained."""

    def fit(self, *_):
        raise NotImplementedError("the factors are given")

    def save(self, *_):
        raise NotImplementedError("the factors are given")


ptr = np.fromfile(f"{ARGS.matrix}/ptr.i64", np.int64)
idx = np.fromfile(f"{ARGS.matrix}/idx.i32", np.int32)
users, items = len(ptr) - 1, int(idx.max()) + 1
matrix = sp.csr_matrix((np.ones(len(idx), np.float32), idx, ptr.astype(np.int32)), shape=(users, items))
x = np.fromfile(ARGS.factors, np.float32).reshape(users + items, ARGS.dim)
model = Factors(num_threads=ARGS.threads)
model.user_factors, model.item_factors = np.ascontiguousarray(x[:users]), np.ascontiguousarray(x[users:])
start = time.perf_counter()
for lo in range(0, users, 4096):
    batch = np.arange(lo, min(users, lo + 4096))
    model.recommend(batch, matrix[batch], N=ARGS.k, filter_already_liked_items=True)
print(json.dumps({"seconds": time.perf_counter() - start, "version": implicit.__version__}))
