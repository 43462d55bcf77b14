package model

// Node is anything with an id of its own: *shop.Product, *shop.Vendor,
// *shop.Category, *shop.Customer, *shop.Order, *shop.Key, *TrainingRun or *Model.
type Node any

// Viewer stands for whoever asks; every field is resolved from the request's
// caller when it is asked for.
type Viewer struct{}

// Taste stands for what is remembered of the caller's taste.
type Taste struct{}
