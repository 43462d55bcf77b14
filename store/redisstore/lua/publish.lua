-- Publishes from the node that serves the topic's tag, so that a cluster keeps
-- the order of messages. KEYS: topic. ARGV: message.
return redis.call('PUBLISH', KEYS[1], ARGV[1])
