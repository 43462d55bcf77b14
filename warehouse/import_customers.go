package warehouse

import (
	"context"
	"fmt"
	"strings"

	"also/shop"
)

// customerBatch is how many customers are handed over at a time.
const customerBatch = 1000

// customers imports customers: they are control records, kept by People.
func (r *importRun) customers(ctx context.Context) error {
	type pending struct {
		customer shop.Customer
		from     thing
	}
	var rows []pending
	ids, emails := map[string]bool{}, map[string]bool{}
	rejects, err := r.readThings(ctx, func(t thing) string {
		c := shop.Customer{ExternalID: t.fields["customer"], Name: t.fields["name"], Email: strings.ToLower(t.fields["email"]),
			Attributes: t.attributes(), CreatedAt: r.lake.opts.Now().UTC()}
		switch {
		case c.ExternalID == "":
			return "missing customer"
		case len(c.ExternalID) > 200:
			return "too long"
		case ids[c.ExternalID]:
			return "repeated customer"
		case c.Email != "" && (!strings.Contains(c.Email, "@") || strings.ContainsAny(c.Email, " \t\r\n")):
			return "bad email"
		case c.Email != "" && emails[c.Email]:
			return "repeated email"
		}
		ids[c.ExternalID], emails[c.Email] = true, true
		rows = append(rows, pending{c, t})
		return ""
	})
	if err != nil {
		return err
	}
	total := int64(len(rows))
	for first := 0; first < len(rows) && !r.spec.DryRun; first += customerBatch {
		r.progress(ImportProgress{Phase: "write", Rows: total, Done: int64(first)})
		batch := rows[first:min(len(rows), first+customerBatch)]
		customers := make([]shop.Customer, len(batch))
		for i, p := range batch {
			customers[i] = p.customer
		}
		outcomes, err := r.people.SaveCustomers(ctx, customers)
		if err != nil {
			return fmt.Errorf("save customers: %w", err)
		}
		for i, o := range outcomes {
			switch {
			case o.Refused != "":
				rejects = append(rejects, r.rejectOf(batch[i].from, o.Refused))
			case o.Unchanged:
				r.report.Duplicates++
			}
		}
	}
	if err := r.writeRejects(rejects); err != nil {
		return err
	}
	r.report.Accepted = r.report.Rows - r.report.Rejected - r.report.Duplicates
	return nil
}

// rejectOf is the reject of a row that readThings found nothing wrong with.
func (r *importRun) rejectOf(t thing, reason string) Reject {
	return Reject{r.sources[t.source].Path, r.lines[t.source].of(t.n), reason, t.row}
}
