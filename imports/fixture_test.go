package imports

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/store/redisstore"
	"also/transport"
	"also/warehouse"
)

// fixture is a shop that serves: a lake, the embedded store made from it, and
// the pipe between them.
type fixture struct {
	*testing.T
	*Service
	dir  string
	lake *warehouse.Lake
	ctx  context.Context
	end  func()
}

func newFixture(t *testing.T) *fixture { return openFixture(t, t.TempDir()) }

// openFixture starts the shop of a folder; end stops it.
func openFixture(t *testing.T, dir string) *fixture {
	t.Helper()
	f := &fixture{T: t, dir: dir, ctx: t.Context()}
	var err error
	f.lake, err = warehouse.Open(dir, "test", warehouse.Options{})
	f.ok(err)
	pipe := transport.NewPipe(transport.Options{})
	st, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "test", Durability: pipe})
	f.ok(err)
	f.ok(pipe.Start(f.ctx, st, f.lake))
	running, stop := context.WithCancel(context.WithoutCancel(f.ctx))
	done := make(chan error, 1)
	go func() { done <- pipe.Run(running) }()
	ended := false
	f.end = func() {
		if ended {
			return
		}
		ended = true
		stop()
		f.ok(<-done)
		f.ok(st.Close())
		f.ok(f.lake.Close())
	}
	t.Cleanup(f.end)
	f.Service, err = New(Options{Store: st, Lake: f.lake})
	f.ok(err)
	return f
}

func (f *fixture) ok(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// work does imports until the function that it returns is called.
func (f *fixture) work() (stop func()) {
	ctx, cancel := context.WithCancel(f.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = f.Work(ctx, f.lake, nil) // it ends with ctx only
	}()
	stop = func() {
		cancel()
		<-done
	}
	f.Cleanup(stop)
	return stop
}

// sends uploads a file and returns its id.
func (f *fixture) sends(name, content string) string {
	f.Helper()
	u, err := f.Receive(f.ctx, name, strings.NewReader(content))
	f.ok(err)
	return u.ID
}

func (f *fixture) starts(in StartInput) Import {
	f.Helper()
	i, err := f.Start(f.ctx, in)
	f.ok(err)
	return i
}

// wait follows an import to its end.
func (f *fixture) wait(id string) Import {
	f.Helper()
	ctx, cancel := context.WithTimeout(f.ctx, 60*time.Second)
	defer cancel()
	states, err := f.Progress(ctx, id)
	f.ok(err)
	var last Import
	for i := range states {
		last = i
	}
	if !last.Final() {
		f.Fatalf("the import never ended: %+v", last)
	}
	return last
}

// imports does one import from start to end.
func (f *fixture) imports(in StartInput) Import {
	f.Helper()
	i := f.wait(f.starts(in).ID)
	if i.State != Done {
		f.Fatalf("the import ended %s: %s", i.State, i.Error)
	}
	return i
}

func (f *fixture) rejects(id string) []string {
	f.Helper()
	var out []string
	f.ok(f.Rejects(f.ctx, id, func(r warehouse.Reject) error {
		out = append(out, fmt.Sprint(r.Line, " ", r.Code(), " ", r.Reason))
		return nil
	}))
	return out
}

func (f *fixture) product(sku string) *shop.Product {
	f.Helper()
	p, err := f.store.Products(f.ctx, []string{sku})
	f.ok(err)
	return p[0]
}

// tail is how a customer's recent history reads.
func (f *fixture) tail(customer string) []string {
	f.Helper()
	users, err := f.store.UsersOf(f.ctx, []string{customer}, false)
	f.ok(err)
	tails, err := f.store.Tails(f.ctx, users)
	f.ok(err)
	var out []string
	for _, e := range tails[0] {
		out = append(out, fmt.Sprint(e.Type, " ", e.SKU, " ", e.OccurredAt.Format("01-02")))
	}
	return out
}

// sales is a file of n purchases by 50 customers, and its mapping.
func sales(n int) (string, map[string]string) {
	var b strings.Builder
	b.WriteString("who,what,at\n")
	for i := range n {
		fmt.Fprintf(&b, "c%d,P%d,2026-01-%02d\n", i%50, i%400, 1+i%28)
	}
	return b.String(), map[string]string{"customer": `"who"`, "sku": `"what"`, "occurredAt": `"at"`}
}

// brokenOff is a sender that goes away after some bytes.
type brokenOff struct{ left io.Reader }

func (b brokenOff) Read(p []byte) (int, error) {
	n, err := b.left.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
