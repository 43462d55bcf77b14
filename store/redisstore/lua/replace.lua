-- Replaces what was read of packed events; what was appended since stays.
-- KEYS: index, blobs. ARGV per blob: member of the index, length read, SHA-1
-- of what was read, new content.
-- Returns a list, 1 where it was done, 0 where the blob is no longer the one read.
local done = {}
for i = 1, #KEYS - 1 do
  local a = (i - 1) * 4
  local key, length, content = KEYS[i + 1], tonumber(ARGV[a + 2]), ARGV[a + 4]
  local blob = redis.call('GET', key) or ''
  done[i] = 0
  if #blob >= length and redis.sha1hex(string.sub(blob, 1, length)) == ARGV[a + 3] then
    content = content .. string.sub(blob, length + 1)
    if content == '' then
      redis.call('DEL', key)
      redis.call('SREM', KEYS[1], ARGV[a + 1])
    elseif content ~= blob then
      redis.call('SET', key, content)
    end
    done[i] = 1
  end
end
return done
