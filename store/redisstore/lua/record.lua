-- Records the events of one partition that were not seen before.
-- KEYS: outbox, ids seen in this window, in the one before, in the one before
-- that, users; then tails.
-- ARGV: at, '1' if the outbox gets them, length from which a tail is reported,
-- #tails, their users; then per event: id, occurred-at, tail (0: none), packed, JSON.
-- Returns {outbox id, a letter per event: R(ecorded) D(uplicate)
-- C(hanged), tails that have grown long}. The outbox id is that of the new entry or,
-- if all were known, the last one: theirs came no later. '' is none.
local at, journalled, long, tails = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), tonumber(ARGV[4])
local base = 4 + tails
local n = (#ARGV - base) / 5
local chunk = 200 -- arguments of one call: Lua's stack is not endless

local function join(list, separator)
  local parts = {}
  for from = 1, #list, chunk do
    parts[#parts + 1] = table.concat(list, separator, from, math.min(from + chunk - 1, #list))
  end
  return table.concat(parts, separator)
end

local outcomes = {}
local older = redis.call('EXISTS', KEYS[3]) == 1
for from = 1, n, chunk do
  local ids = {}
  for i = from, math.min(from + chunk - 1, n) do
    ids[#ids + 1] = ARGV[base + (i - 1) * 5 + 1]
  end
  local seen = redis.call('HMGET', KEYS[2], unpack(ids))
  local before = older and redis.call('HMGET', KEYS[3], unpack(ids))
  for j = 1, #ids do
    local i = from + j - 1
    local known = seen[j] or (before and before[j])
    if not known then
      outcomes[i] = 'R'
    elseif known == ARGV[base + (i - 1) * 5 + 2] then
      outcomes[i] = 'D'
    else
      outcomes[i] = 'C'
    end
  end
end

local bodies, ids, pieces = {}, {}, {}
for i = 1, n do
  if outcomes[i] == 'R' then
    local e = base + (i - 1) * 5
    ids[#ids + 1] = ARGV[e + 1]
    ids[#ids + 1] = ARGV[e + 2]
    local tail = tonumber(ARGV[e + 3])
    if tail > 0 then
      local p = pieces[tail]
      if not p then
        p = {}
        pieces[tail] = p
      end
      p[#p + 1] = ARGV[e + 4]
    end
    bodies[#bodies + 1] = ARGV[e + 5]
  end
end
if #bodies == 0 then
  local last = ''
  if journalled and redis.call('EXISTS', KEYS[1]) == 1 then
    local info = redis.call('XINFO', 'STREAM', KEYS[1])
    for i = 1, #info, 2 do
      if info[i] == 'last-generated-id' then
        last = info[i + 1]
      end
    end
  end
  return {last, join(outcomes, ''), {}}
end

if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[4])
end
for from = 1, #ids, 2 * chunk do
  redis.call('HSET', KEYS[2], unpack(ids, from, math.min(from + 2 * chunk - 1, #ids)))
end
local grown, new = {}, {}
for tail = 1, tails do
  if pieces[tail] then
    local added = join(pieces[tail], '')
    local length = redis.call('APPEND', KEYS[5 + tail], added)
    if length == #added then
      new[#new + 1] = ARGV[4 + tail]
    end
    if length > long then
      grown[#grown + 1] = tail
    end
  end
end
for from = 1, #new, chunk do
  redis.call('SADD', KEYS[5], unpack(new, from, math.min(from + chunk - 1, #new)))
end
local id = ''
if journalled then
  id = redis.call('XADD', KEYS[1], '*', 'n', #bodies, 'at', at, 'body', '{"events":[' .. join(bodies, ',') .. ']}')
end
return {id, join(outcomes, ''), grown}
