// Package transport is the transporter: outbox → journal → lake, and from the
// lake back to the view.
//
// A Pipe serves one process with the embedded store: it is the store's
// Durability, a command is acknowledged when its entry is synced. Carry serves
// processes that share a Redis: one of them at a time moves the outbox. Rebuild
// makes the view again from the lake, Upkeep compacts it.
package transport
