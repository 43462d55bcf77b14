package warehouse

import (
	"context"
	"path/filepath"
)

// ModelSKUs returns the products that a model knows, by column; shop.NotFound
// if there is no such artefact. It reads the table of ids alone.
func (l *Lake) ModelSKUs(ctx context.Context, id string) ([]string, error) {
	if _, err := l.Model(ctx, id); err != nil {
		return nil, err
	}
	skus, err := readParquet(filepath.Join(l.modelDir(id), artefactSKUs), "sku")
	if err != nil {
		return nil, damagedModel(id, err)
	}
	return skus[0].texts, nil
}
