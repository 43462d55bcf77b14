"""Makes the benchmark's matrix: seeded, the shape of the ML-20M training split.

136,677 users x 20,108 items with 9,990,682 ones: item popularity a shifted
Zipf law, user activity log-normal, 64 planted clusters of taste. With a scale
below 1 users, items and entries shrink alike. Writes ptr.i64 and idx.i32 (CSR,
columns ascending) into a folder.
"""
import sys

import numpy as np

USERS, ITEMS, ENTRIES, CLUSTERS = 136_677, 20_108, 9_990_682, 64


def draw(rng, users, items, entries):
    popularity = 1.0 / (np.arange(items) + 10.0)
    popularity /= popularity.sum()
    activity = rng.lognormal(mean=0.0, sigma=1.1, size=users)
    activity = 5 + activity * (entries - 5 * users) / activity.sum()
    activity = np.minimum(activity, items * 0.2)
    item_cluster = rng.integers(0, CLUSTERS, size=items)
    user_clusters = rng.integers(0, CLUSTERS, size=(users, 3))
    members = [np.where(item_cluster == c)[0] for c in range(CLUSTERS)]
    weights = [popularity[m] / popularity[m].sum() for m in members]
    keys = np.empty(0, np.int64)
    first = True
    while len(keys) < entries:
        missing = entries - len(keys)
        n = int(missing * (1.5 if first else 1.3)) + 1000
        first = False
        u = rng.choice(users, size=n, p=activity / activity.sum())
        i = np.empty(n, np.int64)
        anywhere = rng.random(n) < 0.4  # two in five follow popularity, the others a cluster
        i[anywhere] = rng.choice(items, size=anywhere.sum(), p=popularity)
        cluster = user_clusters[u, rng.integers(0, 3, size=n)]
        rest = np.where(~anywhere)[0]
        order = rest[np.argsort(cluster[rest], kind="stable")]
        bounds = np.searchsorted(cluster[order], np.arange(CLUSTERS + 1))
        for c in range(CLUSTERS):
            s = order[bounds[c]:bounds[c + 1]]
            i[s] = members[c][rng.choice(len(members[c]), size=len(s), p=weights[c])]
        new = np.setdiff1d(np.unique(u.astype(np.int64) * items + i), keys, assume_unique=True)
        if len(new) > missing:
            new = np.sort(rng.choice(new, size=missing, replace=False))
        keys = np.union1d(keys, new)
    shuffled = rng.permutation(items)  # so that an id says nothing of popularity
    return keys // items, shuffled[keys % items]


def main(folder, scale):
    users, items, entries = int(USERS * scale), int(ITEMS * scale), int(ENTRIES * scale)
    u, i = draw(np.random.default_rng(20240601), users, items, entries)
    order = np.lexsort((i, u))
    ptr = np.zeros(users + 1, np.int64)
    np.cumsum(np.bincount(u, minlength=users), out=ptr[1:])
    ptr.tofile(f"{folder}/ptr.i64")
    i[order].astype(np.int32).tofile(f"{folder}/idx.i32")
    print(f"{users} users, {items} items, {entries} entries")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
