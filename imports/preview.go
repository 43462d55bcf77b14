package imports

import (
	"context"

	"also/warehouse"
)

// Preview is what the first rows of an upload tell.
type Preview struct {
	Upload  warehouse.Upload
	Kind    Kind // as asked for, else guessed
	Columns []Column
	Rows    [][]string // a value per column
	Fields  []Field
	Map     map[string]string // guessed: field → expression
	// CurrencyNeeded says that the guessed mapping has prices without a currency.
	CurrencyNeeded bool
}

// looked is how many rows are read to guess from.
const looked = 1000

// Preview looks at an upload and guesses what its columns are; kind may be empty:
// then it is guessed, too. It returns the first n rows.
func (s *Service) Preview(ctx context.Context, upload string, kind Kind, n int) (Preview, error) {
	u, err := s.lake.Upload(upload)
	if err != nil {
		return Preview{}, err
	}
	seen, err := s.lake.Preview(ctx, u, looked)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Upload: u, Kind: kind, Columns: columnsOf(seen), Rows: seen.Rows[:min(n, len(seen.Rows))]}
	if p.Kind == "" {
		p.Kind = guessKind(p.Columns)
	}
	p.Fields, p.Map = Fields(p.Kind), guessMap(p.Kind, p.Columns)
	p.CurrencyNeeded = p.Map["price"] != "" && p.Map["currency"] == ""
	return p, nil
}
