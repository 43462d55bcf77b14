package engine

import "context"

// BatchOptions are the choices of TopKAll.
type BatchOptions struct {
	// K is the length of the lists. Default 100.
	K int
	// Filter, if set, holds the items allowed.
	Filter *Bitmap
	// Exclude, if set, has in row u the items to leave out of user u's list,
	// usually the training matrix.
	Exclude *Matrix
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
}

// TopKAll computes the list of every user, exactly, and hands each to emit,
// which may run on several goroutines at once and must copy what it keeps. It
// returns ctx's error when cancelled, or the first error of emit.
func TopKAll(ctx context.Context, x *Index, users Factors, opts BatchOptions, emit func(user int, list []Scored) error) error {
	if opts.K <= 0 {
		opts.K = 100
	}
	if users.Dim != x.Dim() || opts.Exclude != nil && opts.Exclude.Rows < users.Rows {
		return invalid("users", "are %d×%d, which does not fit the index of dimension %d or the exclusions", users.Rows, users.Dim, x.Dim())
	}
	const block = 64
	workers := defaultWorkers(opts.Workers)
	spaces, lists := make([]Workspace, workers), make([][]Scored, workers)
	return parallel(ctx, workers, (users.Rows+block-1)/block, func(worker, task int) error {
		for u := task * block; u < min(users.Rows, (task+1)*block); u++ {
			var exclude []int32
			if opts.Exclude != nil {
				exclude, _, _ = opts.Exclude.Row(u)
			}
			lists[worker] = x.TopK(lists[worker], users.Row(u), opts.K, opts.Filter, exclude, &spaces[worker])
			if err := emit(u, lists[worker]); err != nil {
				return err
			}
		}
		return nil
	})
}
