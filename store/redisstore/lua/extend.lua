-- Says that a task is still being worked on by the worker who took it.
-- KEYS: queue. ARGV: group, worker, id. Returns 1 if the worker still has it.
local taken = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
if #taken == 0 or taken[1][2] ~= ARGV[2] then
  return 0
end
redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'JUSTID')
return 1
