package redisstore

import "context"

// topicBuffer is how many messages a slow reader may be behind.
const topicBuffer = 256

// Publish implements store.Broker.
func (s *Store) Publish(ctx context.Context, topic string, message []byte) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	if s.opts.Cluster { // where a plain PUBLISH goes by way of any node
		_, err := s.run(ctx, call{publishScript, []string{s.keys.topic(topic)}, []any{message}})
		return mapError("publish", err)
	}
	return mapError("publish", s.rdb.Publish(ctx, s.keys.topic(topic), message).Err())
}

// Subscribe implements store.Broker.
func (s *Store) Subscribe(ctx context.Context, topic string) (<-chan []byte, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	sub := s.rdb.Subscribe(ctx, s.keys.topic(topic))
	if _, err := sub.Receive(ctx); err != nil { // the subscription stands
		_ = sub.Close() // the failure to subscribe is what matters
		return nil, mapError("subscribe", err)
	}
	in := sub.Channel()
	out := make(chan []byte, topicBuffer)
	go func() {
		defer close(out)
		defer func() { _ = sub.Close() }() // nothing is lost with it
		for {
			select {
			case <-ctx.Done():
				return
			case <-s.done:
				return
			case m, ok := <-in:
				if !ok {
					return
				}
				select {
				case out <- []byte(m.Payload):
				default: // a slow reader misses messages
				}
			}
		}
	}()
	return out, nil
}
