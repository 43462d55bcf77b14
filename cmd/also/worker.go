package main

import (
	"context"
	"errors"
)

// workerCommand trains models for servers that share its Redis and data folder.
type workerCommand struct {
	dataFlags
	logFlags
	Redis     string `help:"The Redis that the servers use." required:"" env:"ALSO_REDIS" placeholder:"URL"`
	TrainCron string `help:"When to train by itself, five fields, UTC." env:"ALSO_TRAIN_CRON" placeholder:"CRON"`
}

// Run takes runs from the queue until the process is told to end.
func (c workerCommand) Run(ctx context.Context) (err error) {
	log := c.logger()
	st, err := openRedis(ctx, c.Redis, c.Shop)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	lake, err := awaitLake(ctx, c.dataFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lake.Close()) }()
	s, err := newServices(ctx, c.Shop, st, lake, log)
	if err != nil {
		return err
	}
	if err := s.look(ctx, nil, defaults(c.TrainCron), nil); err != nil {
		return err
	}
	s.train(ctx)
	log.Info("waiting for training runs")
	<-ctx.Done()
	s.wait()
	return nil
}
