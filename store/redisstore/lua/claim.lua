-- Takes a lease that nobody else holds.
-- KEYS: lease, last tokens. ARGV: name, holder, now, expiry, length in ms.
-- Returns the token, 0 if another holds it.
local lease = redis.call('GET', KEYS[1])
if lease then
  local expires, holder = string.match(lease, '^(%d+) %d+ (.*)$')
  if tonumber(expires) > tonumber(ARGV[3]) and holder ~= ARGV[2] then
    return 0
  end
end
local token = redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
redis.call('SET', KEYS[1], ARGV[4] .. ' ' .. token .. ' ' .. ARGV[2], 'PX', ARGV[5])
return token
