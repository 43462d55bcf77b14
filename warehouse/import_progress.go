package warehouse

import (
	"context"
	"database/sql/driver"
	"sync/atomic"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// rowsRead is the SQL function rows_read of an import's connection: true for
// every row, which it counts, so that one long statement tells how far it is.
type rowsRead struct{ n atomic.Int64 }

// Config implements duckdb.ScalarFunc.
func (*rowsRead) Config() duckdb.ScalarFuncConfig {
	number, err := duckdb.NewTypeInfo(duckdb.TYPE_BIGINT)
	if err != nil {
		panic("warehouse: rowsRead: " + err.Error()) // a plain type
	}
	truth, err := duckdb.NewTypeInfo(duckdb.TYPE_BOOLEAN)
	if err != nil {
		panic("warehouse: rowsRead: " + err.Error())
	}
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{number}, ResultTypeInfo: truth, Volatile: true}
}

// Executor implements duckdb.ScalarFunc.
func (r *rowsRead) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowContextExecutor: func(context.Context, []driver.Value) (any, error) {
		r.n.Add(1)
		return true, nil
	}}
}

// readEvery is how often the progress of reading is told.
const readEvery = 250 * time.Millisecond

// counting runs f, which reads rows, and tells meanwhile how many it has read.
func (r *importRun) counting(f func() error) error {
	r.progress(ImportProgress{Phase: "read", Done: r.read.n.Load()})
	done := make(chan error, 1)
	go func() { done <- f() }()
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			r.progress(ImportProgress{Phase: "read", Done: r.read.n.Load()})
		}
	}
}
