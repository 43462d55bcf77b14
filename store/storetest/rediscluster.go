package storetest

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// clusterNodes is the fewest that a Redis Cluster may have.
const clusterNodes = 3

// slots is how many parts a Redis Cluster spreads its keys over.
const slots = 16384

// StartRedisCluster starts a Redis Cluster on the loopback interface for one
// test and returns its URL, as StartRedis does for one server.
func StartRedisCluster(t testing.TB) (url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var nodes []*redis.Client
	var ports []string
	for i := range clusterNodes {
		port, bus := freePort(t), freePort(t)
		StartRedis(t, "--port", port, "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", bus)
		node := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + port})
		defer func() {
			if err := node.Close(); err != nil {
				t.Error(err)
			}
		}()
		first, end := i*slots/clusterNodes, (i+1)*slots/clusterNodes
		if err := node.ClusterAddSlotsRange(ctx, first, end-1).Err(); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			if err := nodes[0].Do(ctx, "cluster", "meet", "127.0.0.1", port, bus).Err(); err != nil {
				t.Fatal(err)
			}
		}
		nodes, ports = append(nodes, node), append(ports, port)
	}
	for _, node := range nodes {
		waitForCluster(ctx, t, node)
	}
	return fmt.Sprintf("redis://127.0.0.1:%s?addr=127.0.0.1:%s&addr=127.0.0.1:%s", ports[0], ports[1], ports[2])
}

// waitForCluster returns when a node knows who serves every slot.
func waitForCluster(ctx context.Context, t testing.TB, node *redis.Client) {
	t.Helper()
	for {
		ranges, err := node.ClusterSlots(ctx).Result()
		if err != nil {
			t.Fatal(err)
		}
		served := 0
		for _, r := range ranges {
			served += r.End - r.Start + 1
		}
		if served == slots && node.Set(ctx, "{probe}", "x", time.Second).Err() == nil || served == slots && isMoved(node.Get(ctx, "{probe}").Err()) {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the cluster serves %d of %d slots", served, slots)
		case <-time.After(10 * time.Millisecond): // nodes tell each other in their own time
		}
	}
}

// isMoved reports whether another node serves the key, as a cluster that is up says.
func isMoved(err error) bool { return err != nil && len(err.Error()) > 5 && err.Error()[:5] == "MOVED" }

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}
