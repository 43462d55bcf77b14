package training

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// Protocol names a way to judge a configuration.
type Protocol string

// The protocols.
const (
	// Gowalla reads train.txt[.gz] and test.txt[.gz] of a folder, a line a user
	// ("user item item …"), as published splits come.
	Gowalla Protocol = "gowalla"
	// TimeSplit trains on events before a day and asks for what was bought from it on.
	TimeSplit Protocol = "time-split"
	// LeaveOneOut hides one bought product of each user, the last one.
	LeaveOneOut Protocol = "leave-one-out"
	// StrongGeneralisation hides a tenth of the users from training, folds them in from
	// four fifths of what they bought, and asks for the rest.
	StrongGeneralisation Protocol = "strong-generalisation"
	// ColdItems hides a tenth of the products from training and ranks those for each user,
	// by what is known of them without a buyer.
	ColdItems Protocol = "cold-items"
	// ColdCustomers hides a fifth of the customers from training, where attributes are known
	// of those of whom some are, and asks for what they bought.
	ColdCustomers Protocol = "cold-customers"
)

// Protocols lists all of them.
var Protocols = []Protocol{Gowalla, TimeSplit, LeaveOneOut, StrongGeneralisation, ColdItems, ColdCustomers}

// EvaluateInput says what to judge and how.
type EvaluateInput struct {
	Protocol Protocol
	Data     string                  // folder of the published files; Gowalla only
	Lake     Lake                    // all others
	Cut      time.Time               // first day of the test; TimeSplit only; zero: the last tenth of the days
	Until    time.Time               // day on which the test ends; TimeSplit only; zero: with the history
	NewPairs bool                    // TimeSplit: ask only for products that the customer had not bought before
	Events   shop.Weighing           // how events are weighed, zero: chosen by the data; not Gowalla
	Config   *Config                 // fields left zero come from the data; nil: all of them
	NoChoice bool                    // take weights that are not given from the data's size
	Workers  int                     // default all cores
	Progress func(epoch, epochs int) // called after each epoch of training, if set
}

// Evaluation is what was found.
type Evaluation struct {
	Protocol     Protocol
	Metrics      Metrics
	Config       Config
	Chosen       string // how its weights came about, for people; empty: they were not chosen
	Users, Items int
	Entries      int // trained on
	TrainSeconds float64
	Seconds      float64 // in all
}

// MarshalJSON writes one flat object: the model's means ("recall@20": …), their
// intervals, the baselines' means, how much better the model is than each with the interval
// of that (mean, low, high), the same again of "repeats", the configuration and the circumstances.
func (e Evaluation) MarshalJSON() ([]byte, error) {
	flat := e.Metrics.flat()
	for name, value := range map[string]any{
		"protocol": e.Protocol, "config": e.Config, "chosen": e.Chosen, "users": e.Users, "items": e.Items, "entries": e.Entries,
		"trainSeconds": e.TrainSeconds, "seconds": e.Seconds,
	} {
		flat[name] = value
	}
	return json.Marshal(flat)
}

// flat returns metrics as one object: see Evaluation.MarshalJSON.
func (m Metrics) flat() map[string]any {
	flat := map[string]any{"how": m.Protocol, "judgedUsers": m.Users}
	intervals := map[string][2]float64{}
	for name, v := range m.Model {
		flat[name] = v.Mean
		if v.Low != v.High {
			intervals[name] = [2]float64{v.Low, v.High}
		}
	}
	flat["intervals"] = intervals
	baselines, better := map[string]map[string]float64{}, map[string]map[string][3]float64{}
	for name, measures := range m.Baselines {
		baselines[name], better[name] = map[string]float64{}, map[string][3]float64{}
		for metric, v := range measures {
			baselines[name][metric] = v.Mean
		}
		for metric, v := range m.Better[name] {
			better[name][metric] = [3]float64{v.Mean, v.Low, v.High}
		}
	}
	flat["baselines"], flat["better"] = baselines, better
	if m.Repeats != nil {
		flat["repeats"] = m.Repeats.flat()
	}
	if m.NeverSold != nil {
		flat["neverSold"] = m.NeverSold.flat()
	}
	if len(m.After) > 0 {
		after := map[int]any{}
		for n, one := range m.After {
			after[n] = one.flat()
		}
		flat["after"] = after
	}
	return flat
}

// Evaluate trains on a part of the data and judges the model on the rest. It
// fails with shop.BadUserInput for input that makes no sense and with
// shop.NotEnoughData where nothing is left to train on or to ask for.
func Evaluate(ctx context.Context, in EvaluateInput) (Evaluation, error) {
	began := time.Now()
	h, err := in.holdOut(ctx)
	if err != nil {
		return Evaluation{}, err
	}
	if h.train.Entries() == 0 || rowsFilled(h.held) == 0 {
		return Evaluation{}, shop.Errorf(shop.NotEnoughData, "", "%d pairs to train on and %d customers to ask: choose another cut, or import more history",
			h.train.Entries(), rowsFilled(h.held))
	}
	var given Config
	if in.Config != nil {
		given = *in.Config
	}
	cfg, err := fill(given, statsOf(h.train, h.dates))
	if err != nil {
		return Evaluation{}, &shop.Error{Code: shop.BadUserInput, Field: "config", Message: err.Error()}
	}
	choice := Choice{Config: cfg}
	if !in.NoChoice {
		if choice, err = h.choose(ctx, cfg, given, in.Workers); err != nil {
			return Evaluation{}, err
		}
	}
	cfg = choice.Config
	opts := engine.PartsOptions{TrainOptions: engine.TrainOptions{Workers: in.Workers}, Attributes: h.about}
	if in.Progress != nil {
		opts.Progress = func(r engine.EpochReport) { in.Progress(r.Epoch, r.Epochs) }
	}
	start := time.Now()
	parts, err := engine.TrainParts(ctx, h.train, h.dates, cfg, opts)
	if err != nil {
		return Evaluation{}, trainError(err)
	}
	e := Evaluation{
		Protocol: in.Protocol, Config: cfg, Chosen: choice.Text, Users: h.train.Rows, Items: h.train.Cols, Entries: h.train.Entries(),
		TrainSeconds: time.Since(start).Seconds(),
	}
	switch in.Protocol {
	case ColdItems:
		e.Metrics, err = h.measureNews(ctx, parts, in.Workers)
	case ColdCustomers:
		e.Metrics, err = h.measureStrangers(ctx, parts, in.Workers)
	default:
		e.Metrics, _, err = h.measure(ctx, parts, in.Workers)
	}
	if err != nil {
		return Evaluation{}, err
	}
	e.Seconds = time.Since(began).Seconds()
	return e, nil
}

// holdOut cuts the data as the protocol says.
func (in EvaluateInput) holdOut(ctx context.Context) (*holdOut, error) {
	if in.Protocol == Gowalla {
		return readPublished(in.Data)
	}
	if in.Lake == nil {
		return nil, shop.Errorf(shop.BadUserInput, "protocol", "%s reads the shop's own history: say where the data folder is", in.Protocol)
	}
	d, err := weighed(ctx, in.Lake, warehouse.DatasetSpec{Weighing: in.Events, Before: in.Until})
	if err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	if err := enough(Matrix(d)); err != nil {
		return nil, err
	}
	bought, err := boughtBy(ctx, in.Lake, d)
	if err != nil {
		return nil, err
	}
	h := &holdOut{numbering: numberingOf(d.Users, d.SKUs), bought: bought, lake: in.Lake, spec: d.Spec}
	h.add(bought)
	if err := h.describe(ctx); err != nil {
		return nil, err
	}
	switch in.Protocol {
	case TimeSplit:
		cut := in.Cut
		if cut.IsZero() {
			cut = lastTenth(bought)
		}
		return h, h.byTime(ctx, bought, cut, in.NewPairs)
	case LeaveOneOut:
		return h, h.leaveOneOut(ctx, bought)
	case StrongGeneralisation:
		return h, h.strong(bought)
	case ColdItems:
		return h, h.coldItems(ctx, bought)
	case ColdCustomers:
		return h, h.coldCustomers(ctx, bought)
	}
	return nil, shop.Errorf(shop.BadUserInput, "protocol", "%q is no protocol: use one of %v", in.Protocol, Protocols)
}

// leaveOneOut hides what each user bought last.
func (h *holdOut) leaveOneOut(ctx context.Context, bought *warehouse.Dataset) error {
	var dated []evaluate.Dated
	h.each(bought, func(p pair) {
		dated = append(dated, evaluate.Dated{User: p.user, Item: p.item, W: p.w, B: p.b, At: p.first})
	})
	var err error
	if h.known, h.held, err = evaluate.LeaveOneOut(dated, len(h.users), len(h.skus)); err != nil {
		return err
	}
	h.protocol = "asked for the last new product that each customer bought, trained on all but that"
	return h.hide(ctx)
}

// strong hides whole users. Training is on purchases alone.
func (h *holdOut) strong(bought *warehouse.Dataset) error {
	all, err := h.matrix(bought, nil)
	if err != nil {
		return err
	}
	several := 0
	for u := range all.Rows {
		if all.Ptr[u+1]-all.Ptr[u] >= 2 {
			several++
		}
	}
	if h.train, h.history, h.held, err = evaluate.StrongGeneralisation(all, max(1, several/10), .8, measureSeed); err != nil {
		return shop.Errorf(shop.NotEnoughData, "", "no customer bought two products: there is nothing to ask for")
	}
	h.known = h.history
	h.protocol = "a tenth of the customers hidden from training, folded in from four fifths of what they bought and asked for the rest"
	return nil
}

// readPublished reads a published split.
func readPublished(dir string) (*holdOut, error) {
	train, err := openText(dir, "train.txt")
	if err != nil {
		return nil, err
	}
	defer train.Close()
	test, err := openText(dir, "test.txt")
	if err != nil {
		return nil, err
	}
	defer test.Close()
	h := &holdOut{protocol: "published split: trained on train.txt, asked for test.txt, all other products ranked"}
	if h.train, h.held, err = evaluate.ReadLightGCN(train, test); err != nil {
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "data", Message: err.Error()}
	}
	h.known = h.train
	return h, nil
}

// readPublishedTrain reads what may be learnt from of a published split.
func readPublishedTrain(dir string) (*engine.Matrix, error) {
	train, err := openText(dir, "train.txt")
	if err != nil {
		return nil, err
	}
	defer train.Close()
	m, _, err := evaluate.ReadLightGCN(train, strings.NewReader(""))
	if err != nil {
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "data", Message: err.Error()}
	}
	return m, nil
}

// openText opens a file of dir, or its gzipped form.
func openText(dir, name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err == nil {
		return f, nil
	}
	f, zerr := os.Open(filepath.Join(dir, name+".gz"))
	if zerr != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			zerr = err
		}
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "data", Err: zerr,
			Message: fmt.Sprintf("there is no %s or %s.gz in %q: name the folder that holds them", name, name, dir)}
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "data", Message: name + ".gz is not a gzip file", Err: err}
	}
	return gzipFile{z, f}, nil
}

// gzipFile closes the file with the reader.
type gzipFile struct {
	*gzip.Reader
	file *os.File
}

// Close ends reading.
func (g gzipFile) Close() error { return errors.Join(g.Reader.Close(), g.file.Close()) }
