// Package transport is the transporter: outbox → journal → lake, and from the
// lake back to the view.
package transport
