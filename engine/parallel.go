package engine

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel runs f for every task, on up to workers goroutines, tasks taken in
// order. It stops taking tasks when ctx ends or a task fails, and returns
// ctx's error, else the failed task's, the lowest-numbered of those that ran.
func parallel(ctx context.Context, workers, tasks int, f func(worker, task int) error) error {
	workers = max(1, min(workers, tasks))
	var next atomic.Int64
	var failed atomic.Bool
	errs, at := make([]error, workers), make([]int, workers)
	run := func(worker int) {
		for ctx.Err() == nil && !failed.Load() {
			task := int(next.Add(1)) - 1
			if task >= tasks {
				return
			}
			if err := f(worker, task); err != nil {
				errs[worker], at[worker] = err, task
				failed.Store(true)
				return
			}
		}
	}
	var wg sync.WaitGroup
	for worker := 1; worker < workers; worker++ {
		wg.Go(func() { run(worker) })
	}
	run(0)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	var first error
	lowest := tasks
	for worker, err := range errs {
		if err != nil && at[worker] < lowest {
			first, lowest = err, at[worker]
		}
	}
	return first
}

func defaultWorkers(n int) int {
	if n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}
