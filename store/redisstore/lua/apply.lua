-- Checks all conditions, then applies all changes of one command.
-- KEYS: outbox, changes, number, customers changed, then those that conditions and writes name.
-- ARGV: at; #conditions, each (kind, key, field, value); #writes, each (kind,
-- key, field, value); #changes, each (kind, id); #events, body.
-- Returns {1, outbox id or ''} or {0, index of the condition that does not hold}.
local pos = 1
local function take()
  pos = pos + 1
  return ARGV[pos]
end

for i = 1, tonumber(take()) do
  local kind, key, field, value = take(), KEYS[tonumber(take())], take(), take()
  local holds
  if kind == '=' then
    holds = redis.call('HGET', key, field) == value
  elseif kind == '-' then
    holds = redis.call('HEXISTS', key, field) == 0
  else -- a lease: field is "token holder", value the time
    local lease = redis.call('GET', key)
    if lease then
      local expires, claim = string.match(lease, '^(%d+) (.*)$')
      holds = claim == field and tonumber(expires) > tonumber(value)
    end
  end
  if not holds then
    return {0, i}
  end
end

for i = 1, tonumber(take()) do
  local kind, key, field, value = take(), KEYS[tonumber(take())], take(), take()
  if kind == 'set' then
    redis.call('HSET', key, field, value)
  elseif kind == 'default' then
    redis.call('HSETNX', key, field, value)
  elseif kind == 'add' then
    if redis.call('HEXISTS', key, field) == 1 then
      redis.call('HINCRBY', key, field, value)
    end
  elseif kind == 'lrem' then
    redis.call('LREM', key, 1, value)
  elseif kind == 'drop' then
    redis.call('DEL', key)
  else
    redis.call('HDEL', key, field)
  end
end
for i = 1, tonumber(take()) do
  local kind, id = take(), take()
  local stream, name = KEYS[2], 'changes'
  if kind == 'customer' then
    stream, name = KEYS[4], 'people'
  end
  local number = redis.call('HINCRBY', KEYS[3], name, 1)
  redis.call('XADD', stream, 'MAXLEN', '~', '10000', number .. '-0', 'kind', kind, 'id', id)
end
local events, body = take(), take()
if body == '' then
  return {1, ''}
end
return {1, redis.call('XADD', KEYS[1], '*', 'n', events, 'at', ARGV[1], 'body', body)}
