-- Counts one use. KEYS: this window's counters, the last window's, those of the
-- one before. ARGV: name, lifetime in ms. Returns the uses in this window.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], ARGV[1], 0)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
