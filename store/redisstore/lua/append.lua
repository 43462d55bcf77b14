-- Appends to packed events as they are; readers drop what is there twice.
-- KEYS: index, blob. ARGV: member of the index, packed events.
-- Returns the blob's length.
local length = redis.call('APPEND', KEYS[2], ARGV[2])
if length == #ARGV[2] then
  redis.call('SADD', KEYS[1], ARGV[1])
end
return length
