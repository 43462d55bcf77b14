package main

import (
	"log/slog"
	"os"

	"also/shop"
	"also/warehouse"
)

// dataFlags say which shop's data a command is about.
type dataFlags struct {
	DataDir string `help:"The data folder." default:"data" env:"ALSO_DATA_DIR" type:"path" placeholder:"DIR"`
	Shop    string `help:"The shop's id, one folder of the data folder." default:"main" env:"ALSO_SHOP"`
}

// logFlags say how much is told on stderr while a command runs.
type logFlags struct {
	LogLevel slog.Level `help:"What the log tells: debug, info, warn or error." default:"info" env:"ALSO_LOG_LEVEL"`
	LogJSON  bool       `name:"log-json" help:"Write the log as JSON lines." env:"ALSO_LOG_JSON"`
}

func (f logFlags) logger() *slog.Logger {
	opts := &slog.HandlerOptions{Level: f.LogLevel}
	if f.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, opts))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, opts))
}

// reader opens the lake for reading.
func (f dataFlags) reader() (*warehouse.Lake, error) {
	if _, err := os.Stat(f.DataDir); err != nil {
		return nil, shop.Errorf(shop.BadUserInput, "", "there is no data folder %s: name one with --data-dir, or make one with \"also demo\" or \"also import\"", f.DataDir)
	}
	return warehouse.OpenReader(f.DataDir, f.Shop, warehouse.Options{})
}

// quiet is the log of a command that ends: its result says what it did, so only
// trouble is told unless more was asked for.
func quiet(f logFlags) *slog.Logger {
	if f.LogLevel == slog.LevelInfo {
		f.LogLevel = slog.LevelWarn
	}
	return f.logger()
}
