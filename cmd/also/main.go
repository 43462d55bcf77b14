// Command also serves a shop's recommendations, and does what a shop's data
// need: import, train, evaluate, rebuild, query.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"also/shop"
)

// commands is what the program can do.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve the shop, the console, the playground and the API."`
	Worker   workerCommand   `cmd:"" help:"Train models for servers that share a Redis and a data folder."`
	Import   importCommand   `cmd:"" help:"Import products, customers or events from files."`
	Train    trainCommand    `cmd:"" help:"Train a model on what the data folder holds."`
	Evaluate evaluateCommand `cmd:"" help:"Train on a part of the data and judge the model on the rest."`
	Tune     tuneCommand     `cmd:"" help:"Search for the configuration of a model, and keep the best so far."`
	Forget   forgetCommand   `cmd:"" help:"Forget a customer: personal data, orders, and what they did."`
	Rebuild  rebuildCommand  `cmd:"" help:"Make the serving view again from the lake."`
	Demo     demoCommand     `cmd:"" help:"Fill a data folder with the demo shop and a trained model."`
	SQL      sqlCommand      `cmd:"" name:"sql" help:"Ask the lake, beside a running server too."`
	Version  versionCommand  `cmd:"" help:"Say which version this is."`
}

// exitUsage is the status after bad flags, exitFailure after all else.
const (
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run parses the arguments and carries out the command.
func run(ctx context.Context, args []string) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("also"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Description("Recommendations that know the last click."), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		panic("main: run: " + err.Error()) // a mistake in the structs above
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "also: %v\nRun \"also --help\", or \"also COMMAND --help\", to see what can be asked.\n", err)
		return exitUsage
	}
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "also: "+explain(ctx, err))
		if shop.CodeOf(err) == shop.BadUserInput {
			return exitUsage
		}
		return exitFailure
	}
	return 0
}

// explain says what went wrong in words for whoever typed the command.
func explain(ctx context.Context, err error) string {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return "interrupted"
	}
	var e *shop.Error
	if errors.As(err, &e) && e.Code != shop.Internal {
		return e.Error()
	}
	return err.Error()
}
