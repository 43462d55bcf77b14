-- Notes packed events of products that the live model does not know.
-- KEYS: fresh, freshened, number, blobs. ARGV per blob: sku, packed events.
-- Returns the blobs' lengths.
local lengths = {}
for i = 1, #KEYS - 3 do
  local sku, packed = ARGV[2 * i - 1], ARGV[2 * i]
  redis.call('SADD', KEYS[1], sku)
  lengths[i] = redis.call('APPEND', KEYS[3 + i], packed)
  local number = redis.call('HINCRBY', KEYS[3], 'freshened', 1)
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', '10000', number .. '-0', 'sku', sku)
end
return lengths
