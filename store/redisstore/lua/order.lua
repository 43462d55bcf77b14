-- Places an order, or finds the one placed with the same key.
-- KEYS: outbox, changes, number, product, stock, order, orders of the owner,
-- order-key, cart, pending, orders placed that day, days, deliveries.
-- ARGV: at, key ('': none), order id, order, whose cart is emptied ('': nobody's), what is pending, to whom,
-- #events, body, day, where to deliver ('': not said), #skus, each (sku, pieces in all, its first line), #lines, each (sku, price).
-- Returns {'ok', outbox id}, {'old', order id}, or {code, line from 0, pieces left}.
local at, key, id, order, owner = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if key ~= '' then
  local old = redis.call('HGET', KEYS[8], key)
  if old then
    return {'old', old}
  end
end
if redis.call('HEXISTS', KEYS[6], id) == 1 then
  return {'old', id}
end

local pos = 12
local skus = {}
for i = 1, tonumber(ARGV[12]) do
  skus[i] = {sku = ARGV[pos + 1], pieces = tonumber(ARGV[pos + 2]), line = tonumber(ARGV[pos + 3])}
  pos = pos + 3
end
for line = 1, tonumber(ARGV[pos + 1]) do
  local sku, price = ARGV[pos + 2 * line], ARGV[pos + 2 * line + 1]
  local product = redis.call('HGET', KEYS[4], sku)
  local status, now
  if product then -- "version status minor currency\nJSON"
    status, now = string.match(product, '^%d+ (%u+) ([^\n]*)\n')
  end
  if status ~= 'ACTIVE' then
    return {'NOT_FOUND', line - 1, 0}
  end
  if now ~= price then
    return {'PRICE_CHANGED', line - 1, 0}
  end
end
for _, s in ipairs(skus) do
  local left = tonumber(redis.call('HGET', KEYS[5], s.sku) or '0')
  if left < s.pieces then
    return {'OUT_OF_STOCK', s.line, left}
  end
end

for _, s in ipairs(skus) do
  redis.call('HINCRBY', KEYS[5], s.sku, -s.pieces)
  local number = redis.call('HINCRBY', KEYS[3], 'changes', 1)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', '10000', number .. '-0', 'kind', 'product', 'id', s.sku)
end
redis.call('HSET', KEYS[6], id, order)
redis.call('RPUSH', KEYS[7], id)
redis.call('RPUSH', KEYS[11], id)
redis.call('SADD', KEYS[12], ARGV[10])
if ARGV[11] ~= '' then
  redis.call('HSET', KEYS[13], id, ARGV[11])
end
if key ~= '' then
  redis.call('HSET', KEYS[8], key, id)
end
redis.call('HDEL', KEYS[9], owner)
redis.call('HSET', KEYS[10], ARGV[6], ARGV[7])
return {'ok', redis.call('XADD', KEYS[1], '*', 'n', ARGV[8], 'at', at, 'body', ARGV[9])}
