"""Trains one peer on the benchmark's matrix and reports every epoch.

One JSON line an epoch: {"epoch", "seconds" (of this epoch), "factors" (file)};
one last line: {"peer", "version", "peak_mb"}. Factors are scaled so that all
peers share one objective (see ../README.md); float32, users then items,
row-major. Writing them is not timed.

The objective is

    sum_S (1 - xy)^2 + a0 sum_all (xy)^2 + sum_u l_u |x|^2 + sum_i l_i |y|^2

with l = lambda for nu = 0. Libraries in the form of Hu, Koren and Volinsky
(implicit, cmfrec) replace the unobserved weight instead of adding to it: with
c = 1 + 1/a0 and t = c/(c - 1), their regularisation is lambda/a0 * t and their
factors are sqrt(t) times ours.
"""
import argparse
import json
import os
import resource
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import scipy.sparse as sp

A = argparse.ArgumentParser()
A.add_argument("peer", choices=["implicit", "irspack", "cmfrec"])
A.add_argument("--matrix", required=True)
A.add_argument("--out", required=True)
A.add_argument("--dim", type=int, required=True)
A.add_argument("--epochs", type=int, required=True)
A.add_argument("--threads", type=int, default=2)
A.add_argument("--alpha0", type=float, required=True)
A.add_argument("--reg", type=float, required=True)
A.add_argument("--nu", type=float, default=0.0)
ARGS = A.parse_args()


def load():
    ptr = np.fromfile(f"{ARGS.matrix}/ptr.i64", np.int64)
    idx = np.fromfile(f"{ARGS.matrix}/idx.i32", np.int32)
    ones = np.ones(len(idx), np.float32)
    return sp.csr_matrix((ones, idx, ptr.astype(np.int32)), shape=(len(ptr) - 1, int(idx.max()) + 1))


def say(**line):
    print(json.dumps(line), flush=True)


def epoch(n, seconds, users, items, scale=1.0):
    path = f"{ARGS.out}/{n}.f32"
    with open(path, "wb") as f:
        (np.asarray(users, np.float32) * np.float32(scale)).tofile(f)
        (np.asarray(items, np.float32) * np.float32(scale)).tofile(f)
    say(epoch=n, seconds=seconds, factors=path, dim=int(users.shape[1]))


def hkv():
    c = 1 + 1 / ARGS.alpha0
    t = c / (c - 1)
    return c, ARGS.reg / ARGS.alpha0 * t, 1 / np.sqrt(t)


def run_implicit(m):
    import implicit
    from implicit.als import AlternatingLeastSquares

    c, reg, scale = hkv()
    model = AlternatingLeastSquares(
        factors=ARGS.dim, regularization=reg, alpha=c, dtype=np.float32, use_native=True, use_cg=True, use_gpu=False,
        iterations=ARGS.epochs, num_threads=ARGS.threads, random_state=1)

    def report(n, seconds, *_):
        epoch(n + 1, seconds, model.user_factors, model.item_factors, scale)

    model.fit(m, show_progress=False, callback=report)
    return implicit.__version__


def run_irspack(m):
    from importlib.metadata import version
    from irspack.recommenders.ials import IALSTrainer, str_to_loss_type, str_to_solver_type

    # Positional: matrix, dim, alpha0, reg, nu, initial deviation, solver, CG steps, block, loss,
    # seed, threads, inner iterations, CG steps when predicting.
    trainer = IALSTrainer(
        m, ARGS.dim, ARGS.alpha0, ARGS.reg, ARGS.nu, 0.1, str_to_solver_type("CG"), 3, 64,
        str_to_loss_type("IALSPP"), 1, ARGS.threads, 5, 7)
    for n in range(ARGS.epochs):
        start = time.perf_counter()
        trainer.run_epoch()
        seconds = time.perf_counter() - start
        epoch(n + 1, seconds, trainer.core_trainer.user, trainer.core_trainer.item)
    return version("irspack")


def run_cmfrec(m):
    """cmfrec reports no epochs: an epoch is the slope between two numbers of them."""
    from importlib.metadata import version
    from cmfrec import CMF_implicit

    c, reg, scale = hkv()

    def fit(epochs):
        model = CMF_implicit(
            k=ARGS.dim, lambda_=reg, alpha=c - 1, use_cg=True, max_cg_steps=3, finalize_chol=False, niter=epochs,
            nthreads=ARGS.threads, use_float=True, random_state=1, verbose=False, precompute_for_predictions=False)
        start = time.perf_counter()
        model.fit(m.tocoo())
        return time.perf_counter() - start, model

    one, _ = fit(1)
    all_, model = fit(ARGS.epochs)
    epoch(ARGS.epochs, (all_ - one) / (ARGS.epochs - 1), model.A_, model.B_, scale)
    return version("cmfrec")


matrix = load()
version = {"implicit": run_implicit, "irspack": run_irspack, "cmfrec": run_cmfrec}[ARGS.peer](matrix)
say(peer=ARGS.peer, version=version, peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
