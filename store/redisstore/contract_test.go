package redisstore_test

import (
	"testing"

	"also/store"
	"also/store/redisstore"
	"also/store/storetest"
)

func options(setup storetest.Setup) redisstore.Options {
	return redisstore.Options{Shop: setup.Shop, Now: setup.Now, Durability: setup.Durability}
}

func closeAfter(t *testing.T, s *redisstore.Store) store.Store {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestContractEmbedded(t *testing.T) {
	storetest.Run(t, func(t *testing.T, setup storetest.Setup) store.Store {
		s, err := redisstore.OpenEmbedded(options(setup))
		if err != nil {
			t.Fatal(err)
		}
		return closeAfter(t, s)
	})
}

func TestContractRedis(t *testing.T) {
	url := storetest.StartRedis(t)
	storetest.Run(t, func(t *testing.T, setup storetest.Setup) store.Store {
		opts := options(setup)
		opts.URL = url
		s, err := redisstore.Open(t.Context(), opts)
		if err != nil {
			t.Fatal(err)
		}
		return closeAfter(t, s)
	})
}

func TestContractRedisCluster(t *testing.T) {
	url := storetest.StartRedisCluster(t)
	storetest.Run(t, func(t *testing.T, setup storetest.Setup) store.Store {
		opts := options(setup)
		opts.URL, opts.Cluster = url, true
		s, err := redisstore.Open(t.Context(), opts)
		if err != nil {
			t.Fatal(err)
		}
		return closeAfter(t, s)
	})
}
