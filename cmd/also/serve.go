package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"also/demo"
	"also/frontend"
	"also/graph"
	"also/graph/model"
	"also/pulse"
	"also/server"
	"also/shop"
	"also/store"
	"also/transport"
)

// serveCommand serves a shop: over its data folder alone, or over a Redis that
// several processes share.
type serveCommand struct {
	dataFlags
	logFlags
	Listen     string      `help:"Address to listen on." default:"localhost:8080" env:"ALSO_LISTEN" placeholder:"HOST:PORT"`
	Redis      string      `help:"Serve over this Redis: redis://host:6379/0, rediss://…, unix:///path. Without it, from memory." env:"ALSO_REDIS" placeholder:"URL"`
	TrainCron  string      `help:"When to train by itself, five fields, UTC: \"0 2 * * *\" is two every night." env:"ALSO_TRAIN_CRON" placeholder:"CRON"`
	NoTraining bool        `help:"Leave training to \"also worker\" processes." env:"ALSO_NO_TRAINING"`
	Origin     []string    `help:"Address of other pages that may call with cookies, such as https://shop.example." env:"ALSO_ORIGIN" placeholder:"URL"`
	TrustProxy bool        `help:"Believe X-Forwarded-*: only behind a proxy that sets them." env:"ALSO_TRUST_PROXY"`
	MaxUpload  int64       `help:"How large a file may be that is sent to be imported, in megabytes." default:"1024" env:"ALSO_MAX_UPLOAD" placeholder:"MB"`
	Budgets    budgetFlags `embed:""`
	AdminKey   string      `help:"The first ADMIN key. Without it the first start makes one and prints it once." env:"ALSO_ADMIN_KEY" hidden:""`
}

// Run serves until the process is told to end.
func (c serveCommand) Run(ctx context.Context) (err error) {
	log := c.logger()
	if err := c.Budgets.budgets().Check(graph.Limits{}); err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return shop.Errorf(shop.BadUserInput, "listen", "cannot listen on %s (%v): choose another address with --listen", c.Listen, err)
	}
	defer func() { _ = l.Close() }() // the server closed it already, unless it never began
	if c.Redis != "" {
		return c.overRedis(ctx, l, log)
	}
	d, err := openFolder(ctx, c.dataFlags, l.Addr().String(), log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, err := newServices(ctx, c.Shop, d.store, d.lake, log)
	if err != nil {
		return err
	}
	// The background outlives the requests in flight, which may need it.
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer s.wait()
	defer stop()
	compactions := s.keep(background, d)
	return c.serve(ctx, background, l, s, pipeOf{d.pipe, compactions}, d.ready)
}

// keep starts what the process that holds a data folder does in the background,
// until ctx ends. What it returns notes the compactions.
func (s *services) keep(ctx context.Context, d *folder) *transport.Compactions {
	compactions := &transport.Compactions{}
	s.running.Go(func() { transport.Upkeep(ctx, d.lake, transport.UpkeepOptions{Logger: s.log, Note: compactions}) })
	s.loop(ctx, "import", func(ctx context.Context) error { return s.imports.Work(ctx, d.lake, s.training.RefreshLists) })
	s.running.Go(func() { transport.Forgetting(ctx, d.lake, d.store, s.log) })
	return compactions
}

// serve starts the background and answers until ctx ends.
func (c serveCommand) serve(ctx, background context.Context, l net.Listener, s *services, pipe pipe, ready func(context.Context) error) error {
	key, err := s.commerce.EnsureAdminKey(ctx, c.AdminKey)
	if err != nil {
		return err
	}
	if err := s.store.RepairOrders(ctx); err != nil {
		return err
	}
	people, err := demoCustomers(ctx, s.store)
	if err != nil {
		return err
	}
	if err := s.loadLive(ctx); err != nil {
		s.log.ErrorContext(ctx, "the live model cannot be loaded: answers come from other sources", "error", err)
	}
	s.follow(background)
	if err := s.look(background, pipe, defaults(c.TrainCron), c.started()); err != nil {
		return err
	}
	if !c.NoTraining {
		s.train(background)
	}
	web := server.New(server.Options{
		Resolver: s.resolver(pipe, people), Pages: frontend.Files(), Log: s.log, Origins: c.Origin, TrustProxy: c.TrustProxy,
		MaxUpload: c.MaxUpload << 20, Budgets: c.Budgets.budgets(), Ready: ready, Gauges: gauges(s, pipe),
	})
	announce(l.Addr().String(), key)
	return web.Serve(ctx, l)
}

// resolver is what the API asks.
func (s *services) resolver(p pipe, people []model.DemoCustomer) *graph.Resolver {
	return &graph.Resolver{
		Commerce: s.commerce, Catalogue: s.catalogue, Customers: s.customers, Recommend: s.recommend, Training: s.training, Imports: s.imports, Pulse: s.pulse, Lake: s.lake, Pipe: p,
		Store: s.store, Demo: people,
	}
}

// announce prints where everything is.
func announce(address, key string) {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())) {
		address = "localhost:" + port
	}
	url := "http://" + address
	fmt.Printf("Also is serving.\n\n  shop        %s/\n  console     %s/admin\n  playground  %s/playground\n  API         %s/graphql\n", url, url, url, url)
	if key != "" {
		fmt.Printf("\n  admin key   %s\n  Keep it: it is shown this once. The console and the API ask for it.\n", key)
	}
	fmt.Println()
}

// demoCustomers returns whom a visitor may become, if this is the demo shop.
func demoCustomers(ctx context.Context, st store.Store) ([]model.DemoCustomer, error) {
	out := []model.DemoCustomer{}
	value, err := st.Control(ctx, demo.PersonasName)
	if err != nil || value == nil {
		return out, err
	}
	personas, err := demo.DecodePersonas(value)
	for _, p := range personas {
		out = append(out, model.DemoCustomer{ID: p.ExternalID, Name: p.Name, Taste: p.Likes})
	}
	return out, err
}

// pipe is what this process knows of the transporter.
type pipe interface {
	graph.Pipe
	pulse.Pipes
}

// pipeOf measures the pipe of the embedded store.
type pipeOf struct {
	*transport.Pipe
	compactions *transport.Compactions
}

// Report implements pulse.Pipes.
func (p pipeOf) Report(ctx context.Context) (transport.Stats, map[string]transport.Lag, bool, error) {
	lags, err := p.LagByOutbox(ctx)
	return p.Stats(), lags, true, err
}

// Compaction implements pulse.Pipes.
func (p pipeOf) Compaction() transport.Compaction { return p.compactions.Last() }

// Lag implements graph.Pipe.
func (p pipeOf) Lag(ctx context.Context) (graph.PipeLag, error) {
	lag, err := p.Pipe.Lag(ctx)
	return graph.PipeLag{Through: p.Stats().Position, Pending: int(lag.Entries), Oldest: lag.Age}, err
}

// gauges measures what the metrics tell of the background.
func gauges(s *services, pipe graph.Pipe) func(context.Context) map[string]float64 {
	return func(ctx context.Context) map[string]float64 {
		out := map[string]float64{"also_catalogue_products": float64(s.catalogue.Snapshot().Len())}
		if lag, err := pipe.Lag(ctx); err == nil {
			out["also_transport_pending_entries"] = float64(lag.Pending)
			out["also_transport_lag_seconds"] = lag.Oldest.Seconds()
			out["also_lake_position"] = float64(lag.Through)
		}
		if runs, err := s.training.Runs(ctx, "", 100); err == nil {
			waiting := 0
			for _, r := range runs {
				if !r.Final() {
					waiting++
				}
			}
			out["also_training_queue"] = float64(waiting)
		}
		if m, release := s.models.Live(); m != nil {
			out["also_model_age_seconds"] = time.Since(m.TrainedAt).Seconds()
			release()
		}
		return out
	}
}
