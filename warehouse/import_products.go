package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"also/shop"
)

// products imports products, and the vendors and categories that they name:
// what differs from the catalogue becomes events.
func (r *importRun) products(ctx context.Context) error {
	c := &catalogueChange{run: r, now: r.lake.opts.Now().UTC(), skus: map[string]bool{}, from: map[shop.UUID]thing{}}
	if err := r.lake.State(ctx, StateSpec{}, c.load); err != nil {
		return err
	}
	rejects, err := r.readThings(ctx, c.row)
	if err != nil {
		return err
	}
	refused := map[shop.UUID]bool{}
	if r.spec.Catalogue != nil && !r.spec.DryRun {
		more, err := r.saveProducts(ctx, c, refused)
		if err != nil {
			return err
		}
		rejects = append(rejects, more...)
	}
	if err := r.writeRejects(rejects); err != nil {
		return err
	}
	r.report.Accepted = r.report.Rows - r.report.Rejected - r.report.Duplicates
	r.report.Types = map[string]int64{}
	for _, e := range c.events {
		if !refused[e.ID] {
			r.report.Types[string(e.Type)]++
		}
	}
	if len(c.events) == 0 || r.spec.DryRun || r.spec.Catalogue != nil {
		return nil
	}
	r.progress(ImportProgress{Phase: "write", Rows: r.report.Rows, Done: r.report.Rejected + r.report.Duplicates})
	files, err := r.writeEvents(ctx, c.events)
	if err != nil {
		return err
	}
	return r.publish(ctx, files)
}

// saveBatch is how many products are handed over at a time.
const saveBatch = 1000

// saveProducts hands the events to the shop's catalogue, notes which were refused,
// and returns the rows that those were made of.
func (r *importRun) saveProducts(ctx context.Context, c *catalogueChange, refused map[shop.UUID]bool) ([]Reject, error) {
	var rejects []Reject
	total := int64(len(c.events))
	for first := 0; first < len(c.events); first += saveBatch {
		r.progress(ImportProgress{Phase: "write", Rows: total, Done: int64(first)})
		batch := c.events[first:min(len(c.events), first+saveBatch)]
		reasons, err := r.spec.Catalogue.Save(ctx, batch)
		if err != nil {
			return nil, fmt.Errorf("save products: %w", err)
		}
		for i, reason := range reasons {
			if reason == "" {
				continue
			}
			refused[batch[i].ID] = true
			if from, ok := c.from[batch[i].ID]; ok {
				rejects = append(rejects, r.rejectOf(from, reason))
			}
		}
	}
	return rejects, nil
}

// writeEvents writes events aside, by way of lines like the journal's.
func (r *importRun) writeEvents(ctx context.Context, events []shop.Event) ([]ParquetFile, error) {
	path := filepath.Join(r.dir, "events.jsonl")
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		text, err := json.Marshal(e)
		if err == nil {
			_, err = fmt.Fprintf(f, `{"p":%d,"events":[%s]}`+"\n", i+1, text)
		}
		if err != nil {
			f.Close()
			return nil, err
		}
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	lines := []landingLines{{path, 1, Position(len(events))}}
	if err := r.view.exec(ctx, "landing", map[string]any{"Table": "landing", "Files": lines}); err != nil {
		return nil, err
	}
	return writeTable(ctx, []*view{r.view}, "landing", r.dir)
}

// catalogueChange turns rows into the events that bring the catalogue to what they say.
type catalogueChange struct {
	run        *importRun
	now        time.Time
	products   map[string]shop.Product
	vendors    map[string]shop.Vendor   // by id
	categories map[string]shop.Category // by id
	named      map[string]string        // "vendor/lower-case name" or "category/…" → id
	skus       map[string]bool          // met in this import
	events     []shop.Event
	from       map[shop.UUID]thing // the rows of the events that save products, where those may be refused
}

func (c *catalogueChange) load(st *State) error {
	c.products, c.vendors, c.categories, c.named = map[string]shop.Product{}, map[string]shop.Vendor{}, map[string]shop.Category{}, map[string]string{}
	for p, err := range st.Products {
		if err != nil {
			return err
		}
		c.products[p.SKU] = p
	}
	for v, err := range st.Vendors {
		if err != nil {
			return err
		}
		c.vendors[v.ID] = v
		c.named["vendor/"+strings.ToLower(v.Name)] = v.ID
	}
	for k, err := range st.Categories {
		if err != nil {
			return err
		}
		c.categories[k.ID] = k
		c.nameCategory(k)
	}
	return nil
}

// row takes one row of a file, and returns why it cannot be taken, or nothing.
func (c *catalogueChange) row(t thing) string {
	sku := t.fields["sku"]
	switch {
	case sku == "":
		return "missing sku"
	case len(sku) > 200:
		return "too long"
	case c.skus[sku]:
		return "repeated sku"
	}
	old, known := c.products[sku]
	p := old
	p.Categories = slices.Clone(old.Categories)
	p.Attributes = maps.Clone(old.Attributes)
	if !known {
		p = shop.Product{SKU: sku, Name: sku, Status: shop.Active, ListedAt: c.now.Truncate(time.Millisecond)}
	}
	if reason := c.fill(&p, t); reason != "" {
		return reason
	}
	c.skus[sku] = true
	same := p.Stock == old.Stock
	if known && same && equalProducts(p, old) {
		c.run.report.Duplicates++
		return ""
	}
	p.Version = old.Version + 1
	_, stocked := t.fields["stock"]
	c.products[sku] = p
	c.add(shop.ProductSaved, sku, p, known && (!stocked || same))
	if c.run.spec.Catalogue != nil {
		t.fields = nil // they are the next row's too
		c.from[c.events[len(c.events)-1].ID] = t
	}
	return ""
}

// equalProducts compares all but the stock and the version.
func equalProducts(a, b shop.Product) bool {
	return a.Name == b.Name && a.Description == b.Description && a.Vendor == b.Vendor && slices.Equal(a.Categories, b.Categories) &&
		a.Price == b.Price && a.Status == b.Status && maps.Equal(a.Attributes, b.Attributes) && a.ListedAt.Equal(b.ListedAt) &&
		slices.Equal(a.Images, b.Images)
}

// fill sets what the row says of a product; what is not mapped, or empty, stays.
func (c *catalogueChange) fill(p *shop.Product, t thing) (reason string) {
	f := t.fields
	set := func(to *string, field string) {
		if f[field] != "" {
			*to = f[field]
		}
	}
	set(&p.Name, "name")
	set(&p.Description, "description")
	p.Images = images(p.Images, f["image"])
	if f["price"] != "" {
		if p.Price, reason = parsePrice(f["price"], firstText(strings.ToUpper(f["currency"]), c.run.spec.Currency)); reason != "" {
			return reason
		}
	}
	if f["stock"] != "" {
		n, err := strconv.ParseFloat(f["stock"], 64)
		if err != nil || n != math.Trunc(n) || n < 0 || n > math.MaxInt32 {
			return "bad stock"
		}
		p.Stock = int(n)
	}
	if f["status"] != "" {
		p.Status = shop.ProductStatus(strings.ToUpper(f["status"]))
		if p.Status != shop.Active && p.Status != shop.Draft && p.Status != shop.Archived {
			return "unknown status"
		}
	}
	if f["listedAt"] != "" {
		at, ok := parseMoment(f["listedAt"])
		if !ok {
			return "bad date"
		}
		p.ListedAt = at
	}
	for key, value := range t.attributes() {
		if p.Attributes == nil {
			p.Attributes = map[string]string{}
		}
		p.Attributes[key] = value
	}
	if f["category"] != "" && f["category"] != "null" {
		names, ok := categoryNames(f["category"])
		if !ok {
			return "bad category"
		}
		p.Categories = nil
		for _, name := range names {
			if id := c.category(name); id != "" && !slices.Contains(p.Categories, id) {
				p.Categories = append(p.Categories, id)
			}
		}
	}
	if f["vendor"] != "" {
		p.Vendor = c.vendor(f["vendor"])
	}
	return ""
}

func firstText(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// parsePrice reads a decimal, rounding half away from zero to the minor unit.
func parsePrice(text, currency string) (shop.Money, string) {
	if !shop.ValidCurrency(currency) {
		return shop.Money{}, "bad currency"
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) > 1e13 {
		return shop.Money{}, "bad price"
	}
	if x < 0 {
		return shop.Money{}, "non-positive price"
	}
	return shop.Money{Minor: int64(math.Round(x * math.Pow10(shop.MinorDigits(currency)))), Currency: currency}, ""
}

// parseMoment reads a date or a time; without an offset it is UTC.
func parseMoment(text string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, time.DateTime, time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Truncate(time.Millisecond), true
		}
	}
	return time.Time{}, false
}

// categoryNames reads what a category expression gave: a JSON text, or a list of them.
func categoryNames(text string) ([]string, bool) {
	var one string
	if json.Unmarshal([]byte(text), &one) == nil {
		return []string{one}, true
	}
	var many []string
	if json.Unmarshal([]byte(text), &many) == nil {
		return many, true
	}
	return []string{text}, !strings.HasPrefix(text, "{")
}
