package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"also/imports"
	"also/shop"
	"also/warehouse"
)

// importCommand imports files into a data folder that no server holds.
type importCommand struct {
	dataFlags
	logFlags
	Kind     string   `arg:"" help:"What the rows are: products, customers or events." enum:"products,customers,events"`
	Files    []string `arg:"" help:"CSV, JSON lines or Parquet files; the first two may end in .gz." type:"path"`
	Map      []string `help:"A field and the SQL expression over the file's columns that gives it: --map 'sku=\"Item Number\"'. Once for each field." sep:"none" placeholder:"FIELD=EXPRESSION"`
	Source   string   `help:"Who told us: a name that goes into the events' ids. Default: the first file's name." placeholder:"NAME"`
	Currency string   `help:"Currency of prices without one." placeholder:"EUR"`
	ID       string   `name:"id" help:"Names the import: one that is done already is not done again." placeholder:"NAME"`
	DryRun   bool     `help:"Check and count only."`
	JSON     bool     `name:"json" help:"Print the report as JSON."`
}

// Run imports and prints the report. Rejected rows are no failure: the report
// names the file that holds them.
func (c importCommand) Run(ctx context.Context) (err error) {
	fields, err := parseMap(c.Map)
	if err != nil {
		return err
	}
	d, err := openFolder(ctx, c.dataFlags, "", quiet(c.logFlags))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	p := newProgress()
	defer p.done()
	spec := warehouse.ImportSpec{
		ID: c.ID, Kind: warehouse.ImportKind(c.Kind), Source: c.Source, Files: c.Files, Map: fields, Currency: strings.ToUpper(c.Currency),
		DryRun: c.DryRun,
	}
	report, err := d.lake.Import(ctx, spec, imports.People{Store: d.store}, func(at warehouse.ImportProgress) {
		if at.Rows > 0 {
			p.say("%s: %d of %d rows", at.Phase, at.Done, at.Rows)
		} else {
			p.say("%s: %d rows", at.Phase, at.Done)
		}
	})
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(report)
	}
	printReport(os.Stdout, c.Kind, report)
	return nil
}

// parseMap takes "field=expression" apart.
func parseMap(pairs []string) (map[string]string, error) {
	out := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		field, expression, ok := strings.Cut(pair, "=")
		field = strings.TrimSpace(field)
		if !ok || field == "" {
			return nil, shop.Errorf(shop.BadUserInput, "map", "%q is not FIELD=EXPRESSION, such as sku=\"Item Number\"", pair)
		}
		if _, twice := out[field]; twice {
			return nil, shop.Errorf(shop.BadUserInput, "map."+field, "is mapped twice")
		}
		out[field] = expression
	}
	return out, nil
}

// printReport tells people what an import did.
func printReport(w io.Writer, kind string, r warehouse.ImportReport) {
	fmt.Fprintf(w, "%d rows of %s in %.1f s: %d accepted, %d known before, %d rejected\n", r.Rows, kind, r.Seconds, r.Accepted, r.Duplicates, r.Rejected)
	for _, t := range sortedKeys(r.Types) {
		fmt.Fprintf(w, "  %-24s %d\n", t, r.Types[t])
	}
	if r.Rejected == 0 {
		return
	}
	fmt.Fprintln(w, "rejected because")
	for _, reason := range sortedKeys(r.Reasons) {
		fmt.Fprintf(w, "  %-40s %d\n", reason, r.Reasons[reason])
	}
	if r.RejectFile != "" {
		fmt.Fprintf(w, "each rejected row with its reason: %s\n", r.RejectFile)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
