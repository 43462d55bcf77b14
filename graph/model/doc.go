// Package model holds the shapes of the schema that are not the domain's own:
// inputs, payloads, connections, and pages with what they were asked for.
package model
