// Package kernel holds the inner loops of package engine: products of single
// precision vectors and small matrices.
//
// Each operation has a definition in double precision (…Ref), which the tests
// compare with, and portable Go (…Go), which every platform can run.
package kernel
