-- Draws from a bucket that fills up again by itself. KEYS: this window's levels,
-- the last window's, those of the one before. ARGV: name, cost, capacity,
-- restored per second, now, lifetime in ms. Returns {left, ms to wait, 0 if drawn}.
-- A window is at least as long as an empty bucket takes to fill: who is in
-- neither of the last two has a full one.
local name, cost, capacity, rate, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local level = capacity
local last = redis.call('HGET', KEYS[1], name) or redis.call('HGET', KEYS[2], name)
if last then
  local was, at = string.match(last, '^(%S+) (%S+)$')
  level = math.min(capacity, tonumber(was) + math.max(0, now - tonumber(at)) * rate / 1000)
end
if cost > level then
  return {math.floor(level), math.ceil((cost - level) * 1000 / rate)}
end
level = level - cost
if cost > 0 then
  local new = redis.call('EXISTS', KEYS[1]) == 0
  redis.call('HSET', KEYS[1], name, string.format('%.3f %d', level, now))
  if new then
    redis.call('DEL', KEYS[3])
    redis.call('PEXPIRE', KEYS[1], ARGV[6])
  end
end
return {math.floor(level), 0}
