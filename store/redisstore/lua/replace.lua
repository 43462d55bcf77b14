-- Replaces what was read of packed events; what was appended since stays.
-- KEYS: index, blobs. ARGV per blob: member of the index, length read, SHA-1
-- of what was read, new content. A blob that is no longer the one read is left alone.
local blobs = redis.call('MGET', unpack(KEYS, 2))
local set, gone, members = {}, {}, {}
for i = 1, #KEYS - 1 do
  local a = (i - 1) * 4
  local length, content, blob = tonumber(ARGV[a + 2]), ARGV[a + 4], blobs[i] or ''
  if #blob >= length and redis.sha1hex(string.sub(blob, 1, length)) == ARGV[a + 3] then
    content = content .. string.sub(blob, length + 1)
    if content == '' then
      gone[#gone + 1] = KEYS[i + 1]
      members[#members + 1] = ARGV[a + 1]
    elseif content ~= blob then
      set[#set + 1] = KEYS[i + 1]
      set[#set + 1] = content
    end
  end
end
if #set > 0 then
  redis.call('MSET', unpack(set))
end
if #gone > 0 then
  redis.call('DEL', unpack(gone))
  redis.call('SREM', KEYS[1], unpack(members))
end
