-- Prolongs or, with a length of 0, ends a lease that is still held.
-- KEYS: lease. ARGV: "token holder", now, expiry, length in ms.
-- Returns 1 if it was held.
local lease = redis.call('GET', KEYS[1])
if not lease then
  return 0
end
local expires, claim = string.match(lease, '^(%d+) (.*)$')
if claim ~= ARGV[1] or tonumber(expires) <= tonumber(ARGV[2]) then
  return 0
end
if ARGV[4] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[3] .. ' ' .. claim, 'PX', ARGV[4])
end
return 1
